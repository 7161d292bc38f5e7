{{- define "nova.name" -}}
{{- printf "%s" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{- define "nova.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "nova.labels" -}}
{{ include "nova.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- /* An image of {repository, tag, digest}, and the tag where it has none. */ -}}
{{- define "nova.image" -}}
{{- $image := index . 0 -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default (index . 1) }}
{{- end -}}
{{- end }}

{{- define "nova.claim" -}}
{{ .Values.data.existingClaim | default (printf "%s-data" (include "nova.name" .)) }}
{{- end }}

{{- define "nova.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "nova.security" -}}
allowPrivilegeEscalation: false
privileged: false
capabilities: { drop: [ALL] }
{{- end }}

{{- /* The names Nova answers to: its service's and the ingress's. */ -}}
{{- define "nova.hosts" -}}
{{- $name := include "nova.name" . -}}
{{- $own := list $name (printf "%s.%s" $name .Release.Namespace) (printf "%s.%s.svc" $name .Release.Namespace) -}}
{{- $given := splitList "," (.Values.settings.NOVA_HOSTS | default "") -}}
{{- concat $own .Values.ingress.hosts $given | compact | uniq | join "," -}}
{{- end }}

{{- define "nova.pullSecrets" -}}
imagePullSecrets: {{- range .Values.image.pullSecrets }}
  - name: {{ . }}
{{- else }} []
{{- end }}
{{- end }}
