package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/parser"

	"cdk8s-fairway/conformance/common"
)

var declared = regexp.MustCompile(`expr\.Function\(\s*"(\w+)"`)

// readFunctions finds what Kargo adds to the functions of the language.
func readFunctions(file string) (map[string]bool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	functions := map[string]bool{"quote": true, "unsafeQuote": true, "asYAML": true, "asJSON": true}
	for _, match := range declared.FindAllStringSubmatch(string(text), -1) {
		functions[match[1]] = true
	}
	if len(functions) < 10 {
		return nil, fmt.Errorf("%s declares no functions", file)
	}
	return functions, nil
}

// templates checks the expressions in all texts of a value.
func (c checker) templates(document common.Document, value any) {
	switch value := value.(type) {
	case map[string]any:
		for _, each := range value {
			c.templates(document, each)
		}
	case []any:
		for _, each := range value {
			c.templates(document, each)
		}
	case string:
		c.template(document, value)
	}
}

func (c checker) template(document common.Document, text string) {
	for {
		start, open, end := -1, "", ""
		for _, delimiters := range [][]string{{"${{", "}}"}, {"${%", "%}"}} {
			if i := strings.Index(text, delimiters[0]); i >= 0 && (start < 0 || i < start) {
				start, open, end = i, delimiters[0], delimiters[1]
			}
		}
		if start < 0 {
			return
		}
		text = text[start+len(open):]
		stop := strings.Index(text, end)
		if stop < 0 {
			c.report.Add(document, "expression", fmt.Sprintf("an expression has no %s", end))
			return
		}
		c.expression(document, text[:stop])
		text = text[stop+len(end):]
	}
}

func (c checker) expression(document common.Document, text string) {
	tree, err := parser.Parse(text)
	if err == nil {
		_, err = expr.Compile(text)
	}
	if err != nil {
		c.report.Add(document, "expression", err)
		return
	}
	ast.Walk(&tree.Node, visitor(func(node ast.Node) {
		if call, ok := node.(*ast.CallNode); ok {
			if callee, ok := call.Callee.(*ast.IdentifierNode); ok && !c.functions[callee.Value] {
				if _, ok := builtin.Index[callee.Value]; !ok {
					c.report.Add(document, "expression", fmt.Sprintf("there is no function %s", callee.Value))
				}
			}
		}
	}))
}

type visitor func(ast.Node)

func (v visitor) Visit(node *ast.Node) { v(*node) }
