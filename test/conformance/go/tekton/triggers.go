package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	pipelinev1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	"github.com/tektoncd/triggers/pkg/apis/triggers/v1beta1"
	"github.com/tektoncd/triggers/pkg/interceptors/bitbucket"
	"github.com/tektoncd/triggers/pkg/interceptors/cel"
	"github.com/tektoncd/triggers/pkg/interceptors/github"
	"github.com/tektoncd/triggers/pkg/interceptors/gitlab"
	"github.com/tektoncd/triggers/pkg/template"

	gocel "github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/decls"
	"github.com/google/cel-go/common/types"
	celext "github.com/google/cel-go/ext"

	"cdk8s-fairway/conformance/common"
)

// template admits what a TriggerTemplate would create.
func (c checker) template(document common.Document, object *v1beta1.TriggerTemplate) {
	for _, resource := range object.Spec.ResourceTemplates {
		created := common.Document{File: document.File, Object: document.Object, Text: string(resource.Raw)}
		if run, ours := c.admit(created).(*pipelinev1.PipelineRun); ours {
			if run.Namespace == "" {
				run.Namespace = object.Namespace
			}
			c.run(created, run)
		}
	}
}

// listener checks every trigger of an EventListener, those that stand elsewhere among it.
func (c checker) listener(document common.Document, object *v1beta1.EventListener) {
	for _, entry := range object.Spec.Triggers {
		if entry.TriggerRef != "" {
			if _, err := find[*v1beta1.Trigger](c.cluster, "Trigger", object.Namespace, entry.TriggerRef); err != nil {
				c.report.Add(document, "reference", err)
			}
			continue
		}
		trigger := v1beta1.Trigger{Spec: v1beta1.TriggerSpec{Bindings: entry.Bindings, Interceptors: entry.Interceptors}}
		trigger.Namespace = object.Namespace
		if entry.Template != nil {
			trigger.Spec.Template = *entry.Template
		}
		c.trigger(document, trigger)
	}
}

// trigger resolves the bindings and the template, and holds the one against the other.
func (c checker) trigger(document common.Document, trigger v1beta1.Trigger) {
	for _, interceptor := range trigger.Spec.Interceptors {
		if err := checkInterceptor(c, trigger.Namespace, interceptor); err != nil {
			c.report.Add(document, "interceptor", err)
		}
	}
	resolved, err := template.ResolveTrigger(trigger,
		func(name string) (*v1beta1.TriggerBinding, error) {
			return find[*v1beta1.TriggerBinding](c.cluster, "TriggerBinding", trigger.Namespace, name)
		},
		func(name string) (*v1beta1.ClusterTriggerBinding, error) {
			return find[*v1beta1.ClusterTriggerBinding](c.cluster, "ClusterTriggerBinding", "", name)
		},
		func(name string) (*v1beta1.TriggerTemplate, error) {
			return find[*v1beta1.TriggerTemplate](c.cluster, "TriggerTemplate", trigger.Namespace, name)
		})
	if err != nil {
		c.report.Add(document, "reference", err)
		return
	}
	given, declared := map[string]bool{}, map[string]bool{}
	for _, param := range resolved.BindingParams {
		given[param.Name] = true
	}
	for _, param := range resolved.TriggerTemplate.Spec.Params {
		declared[param.Name] = true
		if param.Default == nil && !given[param.Name] {
			c.report.Add(document, "trigger", fmt.Sprintf("no binding gives the parameter %s of the template, which has no default", param.Name))
		}
	}
	for _, param := range resolved.BindingParams {
		if !declared[param.Name] {
			c.report.Add(document, "trigger", fmt.Sprintf("the template does not declare the parameter %s that a binding gives", param.Name))
		}
	}
}

func checkInterceptor(c checker, namespace string, interceptor *v1beta1.TriggerInterceptor) error {
	known := map[string]func() any{
		"cel":       func() any { return &cel.InterceptorParams{} },
		"github":    func() any { return &github.InterceptorParams{} },
		"gitlab":    func() any { return &gitlab.InterceptorParams{} },
		"bitbucket": func() any { return &bitbucket.InterceptorParams{} },
	}
	make, ours := known[interceptor.Ref.Name]
	if !ours {
		return nil
	}
	fields := map[string]json.RawMessage{}
	for _, param := range interceptor.Params {
		fields[param.Name] = param.Value.Raw
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	params := make()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(params); err != nil {
		return err
	}
	if expressions, ours := params.(*cel.InterceptorParams); ours {
		return c.compile(namespace, expressions)
	}
	return nil
}

// compile reads every expression with the variables and functions that Tekton's interceptor has.
func (c checker) compile(namespace string, params *cel.InterceptorParams) error {
	object := types.NewMapType(types.StringType, types.DynType)
	env, err := gocel.NewEnv(
		cel.Triggers(c.ctx, namespace, nil), celext.Strings(), celext.Encoders(), celext.Sets(), celext.Lists(), celext.Math(),
		gocel.VariableDecls(
			decls.NewVariable("body", object), decls.NewVariable("header", object), decls.NewVariable("extensions", object),
			decls.NewVariable("requestURL", types.StringType),
		))
	if err != nil {
		return err
	}
	expressions := []string{}
	if params.Filter != "" {
		expressions = append(expressions, params.Filter)
	}
	for _, overlay := range params.Overlays {
		expressions = append(expressions, overlay.Expression)
	}
	for _, expression := range expressions {
		if _, issues := env.Compile(expression); issues.Err() != nil {
			return issues.Err()
		}
	}
	return nil
}
