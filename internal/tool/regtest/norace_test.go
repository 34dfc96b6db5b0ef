//go:build !race

package regtest_test

const raceDetector = false
