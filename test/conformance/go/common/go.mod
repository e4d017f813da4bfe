module cdk8s-fairway/conformance/common

go 1.26.0
