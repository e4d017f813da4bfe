package main

import (
	"context"
	"fmt"

	pipelinev1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	pipelinev1beta1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1beta1"
	"github.com/tektoncd/pipeline/pkg/reconciler/pipeline/dag"
	"github.com/tektoncd/pipeline/pkg/reconciler/pipelinerun/resources"
	"github.com/tektoncd/pipeline/pkg/reconciler/taskrun"
	"github.com/tektoncd/pipeline/pkg/trustedresources"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"cdk8s-fairway/conformance/common"
)

// run asks, in the order of the reconciler, what Tekton asks before the first task of a run is started.
func (c checker) run(document common.Document, run *pipelinev1.PipelineRun) {
	run = run.DeepCopy()
	pipeline := run.Spec.PipelineSpec
	if ref := run.Spec.PipelineRef; ref != nil {
		if ref.Name == "" {
			c.report.Note(document, "names its pipeline by a resolver, which is not asked")
			return
		}
		found, err := find[*pipelinev1.Pipeline](c.cluster, "Pipeline", run.Namespace, ref.Name)
		if err != nil {
			c.report.Add(document, "reference", err)
			return
		}
		pipeline = &found.DeepCopy().Spec
	}
	if pipeline == nil {
		return
	}
	for _, ask := range []func() error{
		func() error {
			_, err := dag.Build(pipelinev1.PipelineTaskList(pipeline.Tasks), pipelinev1.PipelineTaskList(pipeline.Tasks).Deps())
			return err
		},
		func() error { return resources.ValidateRequiredParametersProvided(&pipeline.Params, &run.Spec.Params) },
		func() error { return resources.ValidateParamTypesMatching(pipeline, run) },
		func() error { return resources.ValidateObjectParamRequiredKeys(pipeline.Params, run.Spec.Params) },
		func() error { return resources.ValidateParamArrayIndex(pipeline, run.Spec.Params) },
		func() error { return resources.ValidateWorkspaceBindings(pipeline, run) },
		func() error { return resources.ValidateTaskRunSpecs(pipeline, run) },
		func() error { return undeclared(pipeline, run) },
	} {
		if err := ask(); err != nil {
			c.report.Add(document, "run", err)
			return
		}
	}
	c.tasks(document, pipeline, run)
}

// undeclared tells of values that Tekton lets a run give though the pipeline never reads them.
func undeclared(pipeline *pipelinev1.PipelineSpec, run *pipelinev1.PipelineRun) error {
	declared := map[string]bool{}
	for _, param := range pipeline.Params {
		declared[param.Name] = true
	}
	for _, param := range run.Spec.Params {
		if !declared[param.Name] {
			return fmt.Errorf("gives the parameter %s, which the pipeline does not declare", param.Name)
		}
	}
	return nil
}

// tasks resolves every task, and holds parameters, results and workspaces against it.
func (c checker) tasks(document common.Document, pipeline *pipelinev1.PipelineSpec, run *pipelinev1.PipelineRun) {
	pipeline, err := resources.ApplyParameters(pipeline, run)
	if err != nil {
		c.report.Add(document, "run", err)
		return
	}
	pipeline = resources.ApplyWorkspaces(resources.ApplyContexts(pipeline, "pipeline", run), run)
	state := resources.PipelineRunState{}
	for _, task := range append(append([]pipelinev1.PipelineTask{}, pipeline.Tasks...), pipeline.Finally...) {
		if task.TaskRef != nil && task.TaskRef.Name == "" && task.TaskRef.Resolver != "" {
			c.report.Note(document, fmt.Sprintf("task %s is found by a resolver, which is not asked", task.Name))
			return
		}
		resolved, err := resources.ResolvePipelineTask(c.ctx, *run, noPipelineRun, noPipeline, c.getTask(run, task), noTaskRun, noCustomRun, task, state)
		if err != nil {
			c.report.Add(document, "reference", err)
			return
		}
		state = append(state, resolved)
	}
	for _, task := range state {
		if task.IsCustomTask() || task.IsChildPipeline() {
			continue
		}
		if err := taskrun.ValidateResolvedTask(c.ctx, task.PipelineTask.Params, task.PipelineTask.Matrix, task.ResolvedTask); err != nil {
			c.report.Add(document, "run", err)
		}
		if err := undeclaredOf(task); err != nil {
			c.report.Add(document, "run", err)
		}
	}
	for _, ask := range []func() error{
		func() error { return resources.ValidatePipelineTaskResults(state) },
		func() error { return resources.ValidatePipelineResults(pipeline, state) },
		func() error { return resources.ValidateOptionalWorkspaces(pipeline.Workspaces, state) },
		func() error { return resources.ValidateParameterTypesInMatrix(state) },
	} {
		if err := ask(); err != nil {
			c.report.Add(document, "run", err)
		}
	}
}

// undeclaredOf tells of parameters and workspaces of a task that the task does not have: Tekton lets parameters pass unread.
func undeclaredOf(task *resources.ResolvedPipelineTask) error {
	params, workspaces := map[string]bool{}, map[string]bool{}
	for _, param := range task.ResolvedTask.TaskSpec.Params {
		params[param.Name] = true
	}
	for _, workspace := range task.ResolvedTask.TaskSpec.Workspaces {
		workspaces[workspace.Name] = true
	}
	for _, param := range append(append(pipelinev1.Params{}, task.PipelineTask.Params...), task.PipelineTask.Matrix.GetAllParams()...) {
		if !params[param.Name] && task.PipelineTask.TaskRef != nil {
			return fmt.Errorf("task %s is given the parameter %s, which it does not declare", task.PipelineTask.Name, param.Name)
		}
	}
	for _, workspace := range task.PipelineTask.Workspaces {
		if !workspaces[workspace.Name] {
			return fmt.Errorf("task %s is given the workspace %s, which it does not declare", task.PipelineTask.Name, workspace.Name)
		}
	}
	return nil
}

func (c checker) getTask(run *pipelinev1.PipelineRun, task pipelinev1.PipelineTask) func(context.Context, string) (*pipelinev1.Task, *pipelinev1.RefSource, *trustedresources.VerificationResult, error) {
	return func(_ context.Context, name string) (*pipelinev1.Task, *pipelinev1.RefSource, *trustedresources.VerificationResult, error) {
		found, err := find[*pipelinev1.Task](c.cluster, "Task", run.Namespace, name)
		return found, nil, nil, err
	}
}

func notFound(kind, name string) error {
	return apierrors.NewNotFound(schema.GroupResource{Group: "tekton.dev", Resource: kind}, name)
}

func noPipelineRun(name string) (*pipelinev1.PipelineRun, error) {
	return nil, notFound("pipelineruns", name)
}

func noTaskRun(name string) (*pipelinev1.TaskRun, error) { return nil, notFound("taskruns", name) }

func noCustomRun(name string) (*pipelinev1beta1.CustomRun, error) {
	return nil, notFound("customruns", name)
}

func noPipeline(_ context.Context, name string) (*pipelinev1.Pipeline, *pipelinev1.RefSource, *trustedresources.VerificationResult, error) {
	return nil, nil, nil, notFound("pipelines", name)
}

// runOf makes up a run of a pipeline: every parameter without a default and every workspace is given.
func runOf(pipeline *pipelinev1.Pipeline) *pipelinev1.PipelineRun {
	run := &pipelinev1.PipelineRun{ObjectMeta: metav1.ObjectMeta{Name: pipeline.Name, Namespace: pipeline.Namespace}}
	run.Spec.PipelineRef = &pipelinev1.PipelineRef{Name: pipeline.Name}
	for _, param := range pipeline.Spec.Params {
		if param.Default == nil {
			run.Spec.Params = append(run.Spec.Params, pipelinev1.Param{Name: param.Name, Value: valueFor(param)})
		}
	}
	for _, workspace := range pipeline.Spec.Workspaces {
		run.Spec.Workspaces = append(run.Spec.Workspaces, pipelinev1.WorkspaceBinding{Name: workspace.Name, EmptyDir: &corev1.EmptyDirVolumeSource{}})
	}
	return run
}

func valueFor(param pipelinev1.ParamSpec) pipelinev1.ParamValue {
	switch param.Type {
	case pipelinev1.ParamTypeArray:
		return pipelinev1.ParamValue{Type: param.Type, ArrayVal: []string{"a"}}
	case pipelinev1.ParamTypeObject:
		keys := map[string]string{}
		for name := range param.Properties {
			keys[name] = "a"
		}
		return pipelinev1.ParamValue{Type: param.Type, ObjectVal: keys}
	default:
		return pipelinev1.ParamValue{Type: pipelinev1.ParamTypeString, StringVal: "a"}
	}
}
