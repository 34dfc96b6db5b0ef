package ctxkey

import (
	"go/types"

	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why a key does not collide, and a value may be shared.
const (
	unknownKey  decision.Reason = "which key that is, is not known"
	saidBefore  decision.Reason = "another place before it sets the key, too, and stands for all of them"
	ownType     decision.Reason = "the key has a type of its own, to which the keys of other packages are not equal"
	onlyRunSees decision.Reason = "only a run over all packages sees what others do with the key"
	immutable   decision.Reason = "the value is no map, no slice, and no struct behind a pointer without a lock"
	notServed   decision.Reason = "the function answers no requests, so that the value is not seen to be shared"
	notWritten  decision.Reason = "nothing is seen to write to the value after it has been put into the context"
)

// Why a value may be found, and an assertion may hold.
const (
	isSet       decision.Reason = "the package, or one that it imports, sets the key"
	looseKeys   decision.Reason = "the package does more with keys of the type than set and read values: one of them may be the same"
	anybodySets decision.Reason = "the key has a basic type, and any package may set it"
	notOurs     decision.Reason = "the type of the key is declared in another module, which may set it"
	asked       decision.Reason = "the value is asserted with ok, compared, or used in another way than by one assertion"
	inView      decision.Reason = "callers in view give the context, and none of them gives a root"
)

// notJudged returns why nobody can say from the module alone who sets a key whose type the
// given name declares, nil if none does; "" if one can.
func (c *checker) notJudged(k key, name *types.TypeName) decision.Reason {
	switch {
	case k.t == nil:
		return unknownKey
	case name == nil:
		return anybodySets
	case !c.inModule(name.Pkg()):
		return notOurs
	}
	return ""
}
