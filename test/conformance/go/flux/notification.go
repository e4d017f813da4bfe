package main

import (
	"fmt"
	"net/url"

	notificationv1 "github.com/fluxcd/notification-controller/api/v1"
	notificationv1beta3 "github.com/fluxcd/notification-controller/api/v1beta3"
	"github.com/fluxcd/pkg/runtime/cel"
	"github.com/google/cel-go/common/types"
)

func (c checker) alert(object *notificationv1beta3.Alert) {
	for _, list := range [][]string{object.Spec.InclusionList, object.Spec.ExclusionList} {
		for _, each := range list {
			c.pattern(each)
		}
	}
}

// Types whose address is parsed by their constructor in notification-controller, internal/notifier.
var parsed = map[string]bool{
	"slack": true, "discord": true, "rocket": true, "msteams": true, "googlechat": true, "webex": true, "lark": true, "matrix": true,
	"opsgenie": true, "alertmanager": true, "grafana": true, "pagerduty": true, "generic": true, "generic-hmac": true,
}

func (c checker) provider(object *notificationv1beta3.Provider) {
	spec := object.Spec
	if spec.Address == "" && spec.SecretRef == nil && spec.Type != "datadog" && spec.Type != "telegram" {
		c.add("provider", "there is neither an address nor a secret that has it: no event is ever sent")
	}
	if spec.Address != "" && parsed[spec.Type] {
		_, err := url.ParseRequestURI(spec.Address)
		c.refuse("provider", err)
	}
	if spec.CommitStatusExpr != "" {
		_, err := cel.NewExpression(spec.CommitStatusExpr, cel.WithCompile(), cel.WithOutputType(types.StringType),
			cel.WithStructVariables("event", "alert", "provider"))
		c.refuse("cel", err)
	}
}

func (c checker) receiver(object *notificationv1.Receiver) {
	filter := func(expression string) {
		if expression != "" {
			_, err := cel.NewExpression(expression, cel.WithCompile(), cel.WithOutputType(types.BoolType), cel.WithStructVariables("res", "req"))
			c.refuse("cel", err)
		}
	}
	filter(object.Spec.ResourceFilter)
	for _, resource := range object.Spec.Resources {
		filter(resource.Filter)
		if resource.Name == "*" && resource.MatchLabels == nil {
			c.add("resource", fmt.Sprintf("matchLabels of %s are missing beside the name *", resource.Kind))
		}
	}
}
