# What the chart is given; needs no provider, so that it can be worked out and tried without a cluster.
locals {
  values = {
    image = {
      repository  = var.image.repository
      tag         = var.image.tag
      digest      = var.image.digest
      pullSecrets = var.image.pull_secrets
    }
    settings       = var.settings
    existingSecret = length(var.secret_names) > 0 ? local.secret : ""
    secretKeys     = sort(var.secret_names)
    data = {
      size          = var.storage.size
      storageClass  = var.storage.class
      accessMode    = var.storage.access_mode
      existingClaim = var.storage.existing_claim
    }
    ingress = {
      enabled     = length(var.hosts) > 0
      hosts       = var.hosts
      className   = var.ingress.class
      tlsSecret   = var.ingress.tls_secret
      annotations = var.ingress.annotations
      proxies     = var.ingress.proxies
    }
    networkPolicy = {
      to = [for one in var.database[*] : {
        to    = [{ ipBlock = { cidr = one.cidr } }]
        ports = [{ port = one.port, protocol = "TCP" }]
      }]
    }
    adapterHost = merge({ enabled = var.adapter_host != null }, [for one in var.adapter_host[*] : {
      base         = one.base
      gpus         = one.gpus
      maxRank      = one.max_rank
      maxAdapters  = one.max_adapters
      nodeSelector = one.node_selector
    }]...)
  }

  secret = "${var.name}-settings"
}
