package fixes

import "errors"

var errOther = errors.New("other")
