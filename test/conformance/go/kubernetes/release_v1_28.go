//go:build v1.28

package main

import "k8s.io/pod-security-admission/policy"

// minor is the release, 1.28.
const minor = 28

func newEvaluator() (policy.Evaluator, error) {
	return policy.NewEvaluator(policy.DefaultChecks())
}
