// Command ctxlint finds lost cancel functions and the leaks around them.
package main

func main() {}
