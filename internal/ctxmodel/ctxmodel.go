// Package ctxmodel knows contexts.
package ctxmodel
