# Nova's chart in a namespace of its own, with its secrets. How to: docs/how-to/kubernetes.md.

resource "kubernetes_namespace_v1" "nova" {
  metadata {
    name = var.namespace
    labels = {
      # What breaks the strictest of Kubernetes' own rules does not start here.
      "pod-security.kubernetes.io/enforce" = "restricted"
    }
  }
}

resource "kubernetes_secret_v1" "settings" {
  count = length(var.secret_names) > 0 ? 1 : 0

  metadata {
    name      = local.secret
    namespace = kubernetes_namespace_v1.nova.metadata[0].name
  }

  data_wo          = { for name in var.secret_names : name => var.secrets[name] }
  data_wo_revision = var.secrets_revision
}

resource "helm_release" "nova" {
  name      = var.name
  namespace = kubernetes_namespace_v1.nova.metadata[0].name
  chart     = var.chart != "" ? var.chart : "${path.module}/../helm/nova"
  values    = [yamlencode(local.values)]

  # A release that does not come up goes back to the one before.
  atomic  = true
  timeout = 900

  # A changed secret reaches Nova with a new pod only.
  set = [{ name = "settingsRevision", value = tostring(var.secrets_revision), type = "string" }]

  depends_on = [kubernetes_secret_v1.settings]
}
