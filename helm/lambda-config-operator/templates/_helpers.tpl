{{- define "lambda-config-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The release's name alone where it contains the chart's name. */}}
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

{{- define "lambda-config-operator.ownLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "lambda-config-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: operator
app.kubernetes.io/part-of: lambda-config-operator
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* A label of the chart is refused among those of the values: selectors would miss what has another value of it. */}}
{{- define "lambda-config-operator.labels" -}}
{{- $own := include "lambda-config-operator.ownLabels" . }}
{{- range $key, $value := .Values.commonLabels }}
{{- if hasKey ($own | fromYaml) $key }}
{{- fail (printf "commonLabels: %s is a label that the chart sets: write another one" $key) }}
{{- end }}
{{- end }}
{{- $own }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/*
A duration in the syntax of the schema and within the operator's limits, because the Pod would not start with
another one. Expects {name, value}, and {least, most} in milliseconds with their text as {range} for other limits
than 1s to 24h.
*/}}
{{- define "lambda-config-operator.duration" -}}
{{- $units := dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000 }}
{{- $millis := 0 }}
{{- range regexFindAll "[0-9]+(ms|s|m|h)" .value -1 }}
{{- $millis = add $millis (mul (regexFind "[0-9]+" . | atoi) (get $units (regexFind "[a-z]+" .))) }}
{{- end }}
{{- if or (lt $millis (default 1000 .least | int)) (gt $millis (default 86400000 .most | int)) }}
{{- fail (printf "%s: %q is out of range: write %s" .name .value (default "1s to 24h, such as 30s, 1m or 1h30m" .range)) }}
{{- end }}
{{- .value }}
{{- end }}

{{/* A label selector in the operator's syntax, because the Pod would not start with another one. */}}
{{- define "lambda-config-operator.selector" -}}
{{- $name := "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?" }}
{{- $label := "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?" }}
{{- $key := printf "(%s(\\.%s)*/)?%s" $label $label $name }}
{{- $value := printf "(%s)?" $name }}
{{- $equals := printf "%s\\s*(==?|!=)\\s*%s" $key $value }}
{{- $compares := printf "%s\\s*[<>]\\s*[0-9]{1,18}" $key }}
{{- $set := printf "%s\\s+(in|notin)\\s*\\(\\s*%s(\\s*,\\s*%s)*\\s*\\)" $key $value $value }}
{{- $one := printf "\\s*(!?\\s*%s|%s|%s|%s)\\s*" $key $equals $compares $set }}
{{- $valid := regexMatch (printf "^%s(,%s)*$" $one $one) . }}
{{- range regexFindAll "[-a-z0-9.]+/" . -1 }}
{{- if gt (len .) 254 }}
{{- $valid = false }}
{{- end }}
{{- end }}
{{- if not $valid }}
{{- fail (printf "selector: %q is not a label selector: write shard=a, shard!=a, shard in (a,b), shard notin (a,b), shard or !shard, several of them separated by commas" .) }}
{{- end }}
{{- . }}
{{- end }}

{{/* A number of requests; Helm's --set makes a string of one with decimals. */}}
{{- define "lambda-config-operator.maxRequestsPerSecond" -}}
{{- if or (lt (float64 .) 1.0) (gt (float64 .) 1000.0) }}
{{- fail (printf "aws.maxRequestsPerSecond: %v is out of range: write a number from 1 to 1000, such as 7.5" .) }}
{{- end }}
{{- . }}
{{- end }}

{{/*
Additional environment variables. One that a value of the chart sets is refused, because it would escape the chart's
checks; and so is a name that is set twice, because the API server accepts each name once.
*/}}
{{- define "lambda-config-operator.extraEnv" -}}
{{- $own := dict "MANAGEMENT_PORT" "managementPort" "MODE" "mode" "SWEEP_INTERVAL" "sweepInterval" "WORKERS" "workers" }}
{{- $own = merge $own (dict "LEADER_ELECT" "leaderElection.enabled" "LEADER_ELECTION_LEASE" "leaderElection.leaseName") }}
{{- $own = merge $own (dict "LOG_FORMAT" "logging.format" "LOG_LEVEL" "logging.level" "NAMESPACES" "watchNamespaces") }}
{{- $own = merge $own (dict "SELECTOR" "selector" "RESTORE_TIMEOUT" "restore.timeout" "DEBUG_PORT" "debugPort") }}
{{- $own = merge $own (dict "ALLOW_UNGUARDED_UPDATES" "allowUnguardedUpdates" "VALUE_WATCH" "valueSources.watch") }}
{{- $own = merge $own (dict "TENANT_IDENTITY" "identity.required" "CREDENTIALS_MAX_AGE" "identity.credentialsMaxAge") }}
{{- $own = merge $own (dict "AWS_MAX_REQUESTS_PER_SECOND" "aws.maxRequestsPerSecond" "REGIONS" "aws.regions") }}
{{- $own = merge $own (dict "POLICY_FILE" "policy.rules") }}
{{- $names := list }}
{{- range .Values.extraEnv }}
{{- $value := get $own (trimPrefix "LAMBDA_CONFIG_" .name) }}
{{- if and $value (hasPrefix "LAMBDA_CONFIG_" .name) }}
{{- fail (printf "extraEnv: %s comes from the value %s: set that instead" .name $value) }}
{{- end }}
{{- if or (has .name $names) (and (eq .name "AWS_REGION") $.Values.aws.region) (and (eq .name "AWS_ENDPOINT_URL") $.Values.aws.endpointUrl) (and (eq .name "AWS_ENDPOINT_URL_LAMBDA") $.Values.aws.lambdaEndpointUrl) (and (eq .name "AWS_ENDPOINT_URL_STS") $.Values.aws.stsEndpointUrl) }}
{{- fail (printf "extraEnv: %s is set twice, here or by a value under aws: set it once" .name) }}
{{- end }}
{{- $names = append $names .name }}
{{- end }}
{{- with .Values.extraEnv }}
{{- toYaml . }}
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

{{/* The rights on LambdaFunctionConfigs: the operator reads all of them and writes their status. */}}
{{- define "lambda-config-operator.resourceRules" -}}
- apiGroups: [lambdaconfig.dev]
  resources: [lambdafunctionconfigs]
  verbs: [list, watch]
- apiGroups: [lambdaconfig.dev]
  resources: [lambdafunctionconfigs/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end }}

{{- define "lambda-config-operator.finalizerRules" -}}
# For deletionPolicy: Restore: the finalizer that blocks a deletion until the fields are restored.
- apiGroups: [lambdaconfig.dev]
  resources: [lambdafunctionconfigs]
  verbs: [patch]
{{- end }}

{{/* The rights where resources are. */}}
{{- define "lambda-config-operator.rules" -}}
{{ include "lambda-config-operator.resourceRules" . }}
{{- if .Values.identity.anyServiceAccount }}
# Whoever has these can act as any ServiceAccount: identity.serviceAccounts is narrower.
{{ include "lambda-config-operator.identityRules" list }}
{{- end }}
{{- if .Values.restore.enabled }}
{{ include "lambda-config-operator.finalizerRules" . }}
{{- if .Values.restore.migrateBaselines }}
# For one upgrade: the former values of environment variables that an earlier version stored in the namespaces of resources.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, delete]
{{- end }}
{{- end }}
{{- end }}

{{/* The rights to act as ServiceAccounts: those of a list of names, or all where the list is empty. */}}
{{- define "lambda-config-operator.identityRules" -}}
- apiGroups: [""]
  resources: [serviceaccounts]
  {{- with . }}
  resourceNames: {{ toJson . }}
  {{- end }}
  verbs: [get]
- apiGroups: [""]
  resources: [serviceaccounts/token]
  {{- with . }}
  resourceNames: {{ toJson . }}
  {{- end }}
  verbs: [create]
{{- end }}

{{/* How Secrets and ConfigMaps are watched: cluster, namespace or name. */}}
{{- define "lambda-config-operator.valueWatch" -}}
{{- $watch := default (ternary "namespace" "cluster" (not (empty .Values.watchNamespaces))) .Values.valueSources.watch }}
{{- if and .Values.valueSources.enabled .Values.rbac.create (eq $watch "namespace") (not .Values.watchNamespaces) }}
{{- fail "valueSources.watch: namespace needs the namespaces in watchNamespaces, or rbac.create: false for Roles of your own" }}
{{- end }}
{{- if and .Values.valueSources.names (ne $watch "name") }}
{{- fail (printf "valueSources.names: only for watch: name, and watch is %s" $watch) }}
{{- end }}
{{- $watch }}
{{- end }}

{{- define "lambda-config-operator.subjects" -}}
- kind: ServiceAccount
  name: {{ include "lambda-config-operator.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}

{{/* Whether there is a policy file: not empty if so. */}}
{{- define "lambda-config-operator.hasPolicy" -}}
{{- if or (kindIs "slice" .Values.policy.rules) .Values.policy.identities }}true{{ end -}}
{{- end }}
