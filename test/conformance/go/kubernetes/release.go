//go:build !v1.28

package main

import "k8s.io/pod-security-admission/policy"

// minor is the release, 1.37.
const minor = 37

func newEvaluator() (policy.Evaluator, error) {
	return policy.NewEvaluator(policy.DefaultChecks(), nil)
}
