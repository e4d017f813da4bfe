// Package promql reads queries the way Prometheus does.
package promql

import "github.com/prometheus/prometheus/promql/parser"

// Scalar is the shape of a result that is one number, and not a list of them.
const Scalar = string(parser.ValueTypeScalar)

// Parse tells the shape of the query's result, or why Prometheus would refuse it.
func Parse(query string) (string, error) {
	expression, err := parser.ParseExpr(query)
	if err != nil {
		return "", err
	}
	return string(expression.Type()), nil
}
