output "namespace" {
  description = "Where Nova runs."
  value       = kubernetes_namespace_v1.nova.metadata[0].name
}

output "service" {
  description = "Nova's address within the cluster."
  value       = "http://${var.name}.${var.namespace}.svc"
}

output "addresses" {
  description = "Under which people reach Nova through the ingress."
  value       = [for host in var.hosts : "${var.ingress.tls_secret != "" ? "https" : "http"}://${host}"]
}

output "adapter_folder" {
  description = "Where on Nova's volume promoted adapters lie, which the host reads."
  value       = var.adapter_host == null ? null : "nova/models/finetune"
}
