//go:build !linux

package folder

func giveWay() {}
