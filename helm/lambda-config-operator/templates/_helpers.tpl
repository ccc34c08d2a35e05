{{- define "lambda-config-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The release's name alone where it already says what this is. */}}
{{- define "lambda-config-operator.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{/* Cluster-wide names: two releases of one name, in two namespaces, must not share them. */}}
{{- define "lambda-config-operator.clusterName" -}}
{{- printf "%s:%s" .Release.Namespace (include "lambda-config-operator.fullname" .) }}
{{- end }}

{{- define "lambda-config-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "lambda-config-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "lambda-config-operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "lambda-config-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: operator
app.kubernetes.io/part-of: lambda-config-operator
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "lambda-config-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "lambda-config-operator.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "lambda-config-operator.leaseName" -}}
{{- default (include "lambda-config-operator.fullname" .) .Values.leaderElection.leaseName }}
{{- end }}

{{- define "lambda-config-operator.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* What the operator does with LambdaFunctionConfigs: it reads them all and writes their status. */}}
{{- define "lambda-config-operator.rules" -}}
- apiGroups: [lambdaconfig.dev]
  resources: [lambdafunctionconfigs]
  verbs: [list, watch]
- apiGroups: [lambdaconfig.dev]
  resources: [lambdafunctionconfigs/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- if .Values.restore.enabled }}
# For deletionPolicy: Restore: the finalizer, and what environment variables were before.
- apiGroups: [lambdaconfig.dev]
  resources: [lambdafunctionconfigs]
  verbs: [patch]
- apiGroups: [""]
  resources: [secrets]
  verbs: [create, get]
{{- end }}
{{- end }}

{{- define "lambda-config-operator.subjects" -}}
- kind: ServiceAccount
  name: {{ include "lambda-config-operator.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}
