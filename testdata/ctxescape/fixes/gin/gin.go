// Package gin has goroutines that need a copy.
package gin

import "github.com/gin-gonic/gin"

func save(string) {}

func handle(c *gin.Context) {
	id := c.Param("id")
	go func() { // want `carrier: this goroutine uses c`
		save(id + c.Query("q"))
		save(c.Request.URL.Path)
	}()
}

// What the goroutine does with it is not known to be right for a copy.
func writes(c *gin.Context) {
	go func() { // want `carrier: this goroutine uses c`
		c.Set("seen", true)
	}()
}

func nested(c *gin.Context) {
	if c.Query("audit") != "" {
		go save2(c.Query("q"))
		go func() { // want `carrier: this goroutine uses c`
			save(c.GetHeader("X-User"))
		}()
	}
}

func save2(string) {}
