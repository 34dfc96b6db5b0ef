package decisions

import "context"

func use(f context.CancelFunc) {
	if f != nil {
		f()
	}
}

// many has more variables for one cancel function than are followed.
func many(ctx context.Context, b [70]bool) error {
	ctx, cancel := context.WithCancel(ctx) // silent "the function has too many paths"
	var f0 context.CancelFunc
	if b[0] {
		f0 = cancel
	}
	var f1 context.CancelFunc
	if b[1] {
		f1 = cancel
	}
	var f2 context.CancelFunc
	if b[2] {
		f2 = cancel
	}
	var f3 context.CancelFunc
	if b[3] {
		f3 = cancel
	}
	var f4 context.CancelFunc
	if b[4] {
		f4 = cancel
	}
	var f5 context.CancelFunc
	if b[5] {
		f5 = cancel
	}
	var f6 context.CancelFunc
	if b[6] {
		f6 = cancel
	}
	var f7 context.CancelFunc
	if b[7] {
		f7 = cancel
	}
	var f8 context.CancelFunc
	if b[8] {
		f8 = cancel
	}
	var f9 context.CancelFunc
	if b[9] {
		f9 = cancel
	}
	var f10 context.CancelFunc
	if b[10] {
		f10 = cancel
	}
	var f11 context.CancelFunc
	if b[11] {
		f11 = cancel
	}
	var f12 context.CancelFunc
	if b[12] {
		f12 = cancel
	}
	var f13 context.CancelFunc
	if b[13] {
		f13 = cancel
	}
	var f14 context.CancelFunc
	if b[14] {
		f14 = cancel
	}
	var f15 context.CancelFunc
	if b[15] {
		f15 = cancel
	}
	var f16 context.CancelFunc
	if b[16] {
		f16 = cancel
	}
	var f17 context.CancelFunc
	if b[17] {
		f17 = cancel
	}
	var f18 context.CancelFunc
	if b[18] {
		f18 = cancel
	}
	var f19 context.CancelFunc
	if b[19] {
		f19 = cancel
	}
	var f20 context.CancelFunc
	if b[20] {
		f20 = cancel
	}
	var f21 context.CancelFunc
	if b[21] {
		f21 = cancel
	}
	var f22 context.CancelFunc
	if b[22] {
		f22 = cancel
	}
	var f23 context.CancelFunc
	if b[23] {
		f23 = cancel
	}
	var f24 context.CancelFunc
	if b[24] {
		f24 = cancel
	}
	var f25 context.CancelFunc
	if b[25] {
		f25 = cancel
	}
	var f26 context.CancelFunc
	if b[26] {
		f26 = cancel
	}
	var f27 context.CancelFunc
	if b[27] {
		f27 = cancel
	}
	var f28 context.CancelFunc
	if b[28] {
		f28 = cancel
	}
	var f29 context.CancelFunc
	if b[29] {
		f29 = cancel
	}
	var f30 context.CancelFunc
	if b[30] {
		f30 = cancel
	}
	var f31 context.CancelFunc
	if b[31] {
		f31 = cancel
	}
	var f32 context.CancelFunc
	if b[32] {
		f32 = cancel
	}
	var f33 context.CancelFunc
	if b[33] {
		f33 = cancel
	}
	var f34 context.CancelFunc
	if b[34] {
		f34 = cancel
	}
	var f35 context.CancelFunc
	if b[35] {
		f35 = cancel
	}
	var f36 context.CancelFunc
	if b[36] {
		f36 = cancel
	}
	var f37 context.CancelFunc
	if b[37] {
		f37 = cancel
	}
	var f38 context.CancelFunc
	if b[38] {
		f38 = cancel
	}
	var f39 context.CancelFunc
	if b[39] {
		f39 = cancel
	}
	var f40 context.CancelFunc
	if b[40] {
		f40 = cancel
	}
	var f41 context.CancelFunc
	if b[41] {
		f41 = cancel
	}
	var f42 context.CancelFunc
	if b[42] {
		f42 = cancel
	}
	var f43 context.CancelFunc
	if b[43] {
		f43 = cancel
	}
	var f44 context.CancelFunc
	if b[44] {
		f44 = cancel
	}
	var f45 context.CancelFunc
	if b[45] {
		f45 = cancel
	}
	var f46 context.CancelFunc
	if b[46] {
		f46 = cancel
	}
	var f47 context.CancelFunc
	if b[47] {
		f47 = cancel
	}
	var f48 context.CancelFunc
	if b[48] {
		f48 = cancel
	}
	var f49 context.CancelFunc
	if b[49] {
		f49 = cancel
	}
	var f50 context.CancelFunc
	if b[50] {
		f50 = cancel
	}
	var f51 context.CancelFunc
	if b[51] {
		f51 = cancel
	}
	var f52 context.CancelFunc
	if b[52] {
		f52 = cancel
	}
	var f53 context.CancelFunc
	if b[53] {
		f53 = cancel
	}
	var f54 context.CancelFunc
	if b[54] {
		f54 = cancel
	}
	var f55 context.CancelFunc
	if b[55] {
		f55 = cancel
	}
	var f56 context.CancelFunc
	if b[56] {
		f56 = cancel
	}
	var f57 context.CancelFunc
	if b[57] {
		f57 = cancel
	}
	var f58 context.CancelFunc
	if b[58] {
		f58 = cancel
	}
	var f59 context.CancelFunc
	if b[59] {
		f59 = cancel
	}
	var f60 context.CancelFunc
	if b[60] {
		f60 = cancel
	}
	var f61 context.CancelFunc
	if b[61] {
		f61 = cancel
	}
	var f62 context.CancelFunc
	if b[62] {
		f62 = cancel
	}
	var f63 context.CancelFunc
	if b[63] {
		f63 = cancel
	}
	var f64 context.CancelFunc
	if b[64] {
		f64 = cancel
	}
	var f65 context.CancelFunc
	if b[65] {
		f65 = cancel
	}
	var f66 context.CancelFunc
	if b[66] {
		f66 = cancel
	}
	var f67 context.CancelFunc
	if b[67] {
		f67 = cancel
	}
	var f68 context.CancelFunc
	if b[68] {
		f68 = cancel
	}
	var f69 context.CancelFunc
	if b[69] {
		f69 = cancel
	}
	err := work(ctx)
	cancel()
	use(f0)
	use(f1)
	use(f2)
	use(f3)
	use(f4)
	use(f5)
	use(f6)
	use(f7)
	use(f8)
	use(f9)
	use(f10)
	use(f11)
	use(f12)
	use(f13)
	use(f14)
	use(f15)
	use(f16)
	use(f17)
	use(f18)
	use(f19)
	use(f20)
	use(f21)
	use(f22)
	use(f23)
	use(f24)
	use(f25)
	use(f26)
	use(f27)
	use(f28)
	use(f29)
	use(f30)
	use(f31)
	use(f32)
	use(f33)
	use(f34)
	use(f35)
	use(f36)
	use(f37)
	use(f38)
	use(f39)
	use(f40)
	use(f41)
	use(f42)
	use(f43)
	use(f44)
	use(f45)
	use(f46)
	use(f47)
	use(f48)
	use(f49)
	use(f50)
	use(f51)
	use(f52)
	use(f53)
	use(f54)
	use(f55)
	use(f56)
	use(f57)
	use(f58)
	use(f59)
	use(f60)
	use(f61)
	use(f62)
	use(f63)
	use(f64)
	use(f65)
	use(f66)
	use(f67)
	use(f68)
	use(f69)
	return err
}
