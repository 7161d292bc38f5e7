variable "name" {
  description = "Name of the release, and of what belongs to it."
  type        = string
  default     = "nova"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", var.name))
    error_message = "Small letters, digits and hyphens, at most 40, beginning with a letter."
  }
}

variable "namespace" {
  description = "Namespace that is made for Nova and nothing else."
  type        = string
  default     = "nova"

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.namespace)) && !startswith(var.namespace, "kube-") && var.namespace != "default"
    error_message = "A namespace of its own: small letters, digits and hyphens, neither default nor kube-..."
  }
}

variable "chart" {
  description = "Where the chart lies: a folder, an archive or an oci:// address. Unset: deploy/helm/nova beside this module."
  type        = string
  default     = ""
}

variable "image" {
  description = "Nova's image, built from the Dockerfile of this tree, in a registry of your own."
  type = object({
    repository   = string
    tag          = optional(string, "")
    digest       = optional(string, "")
    pull_secrets = optional(list(string), [])
  })

  validation {
    condition     = var.image.repository != "" && var.image.tag != "latest" && can(regex("^(sha256:[0-9a-f]{64})?$", var.image.digest))
    error_message = "A repository, an exact tag (never latest) or a digest such as sha256:..."
  }
}

variable "settings" {
  description = "Nova's settings (docs/reference/settings.md) that are no secrets."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.settings) : can(regex("^[A-Z][A-Z0-9_]+$", name))])
    error_message = "Names of settings are capital letters, such as NOVA_COMPANY."
  }
}

variable "secrets" {
  description = "Nova's secret settings, such as ADMIN_API_KEY, NOVA_METRICS_KEY or NOVA_DATABASE_URL. They stand in no state and no plan."
  type        = map(string)
  sensitive   = true
  ephemeral   = true
  default     = {}

  validation {
    condition     = alltrue([for value in values(var.secrets) : length(value) >= 16])
    error_message = "A secret has at least 16 letters."
  }
}

variable "secret_names" {
  description = "Which settings var.secrets has: their names are no secret and stand in the chart's values."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.secret_names : can(regex("^[A-Z][A-Z0-9_]+$", name))])
    error_message = "Names of settings are capital letters, such as ADMIN_API_KEY."
  }
}

variable "secrets_revision" {
  description = "Raise it when var.secrets has changed; otherwise the cluster keeps what it has."
  type        = number
  default     = 1

  validation {
    condition     = var.secrets_revision >= 1 && floor(var.secrets_revision) == var.secrets_revision
    error_message = "A whole number from 1 on."
  }
}

variable "storage" {
  description = "Nova's volume. ReadWriteOnce: the adapter host runs on Nova's node."
  type = object({
    size           = optional(string, "50Gi")
    class          = optional(string, "")
    access_mode    = optional(string, "ReadWriteOnce")
    existing_claim = optional(string, "")
  })
  default = {}

  validation {
    condition     = contains(["ReadWriteOnce", "ReadWriteMany"], var.storage.access_mode) && can(regex("^[0-9]+(\\.[0-9]+)?(Ki|Mi|Gi|Ti)$", var.storage.size))
    error_message = "ReadWriteOnce or ReadWriteMany, and a size such as 50Gi."
  }
}

variable "hosts" {
  description = "Names under which people reach Nova through the ingress; none: no ingress."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for host in var.hosts : can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", host))])
    error_message = "Host names without scheme, port and path."
  }
}

variable "ingress" {
  description = "How the ingress is made, where var.hosts names somebody."
  type = object({
    class       = optional(string, "")
    tls_secret  = optional(string, "")
    annotations = optional(map(string), {})
    proxies     = optional(list(string), [])
  })
  default = {}
}

variable "database" {
  description = "A PostgreSQL elsewhere (NOVA_DATABASE_URL in var.secrets): the network in which it is, and its port. Unset: Nova's own on its volume."
  type = object({
    cidr = string
    port = optional(number, 5432)
  })
  default = null

  validation {
    condition     = var.database == null || can(cidrhost(var.database.cidr, 0))
    error_message = "The database's network is a CIDR such as 10.0.0.7/32."
  }
}

variable "adapter_host" {
  description = "A vLLM that holds the promoted adapters. Unset: none."
  type = object({
    base          = string
    gpus          = optional(number, 1)
    max_rank      = optional(number, 16)
    max_adapters  = optional(number, 3)
    node_selector = optional(map(string), {})
  })
  default = null

  validation {
    condition     = var.adapter_host == null || can(regex("^models/base/[A-Za-z0-9][A-Za-z0-9._-]*$", var.adapter_host.base))
    error_message = "The base is a folder below models/base of Nova's data folder, such as models/base/llama3-8b."
  }

  validation {
    condition     = var.adapter_host == null ? true : contains([8, 16, 32, 64, 128, 256, 320, 512], var.adapter_host.max_rank)
    error_message = "vLLM knows the ranks 8, 16, 32, 64, 128, 256, 320 and 512."
  }

  validation {
    condition     = var.adapter_host == null ? true : (var.adapter_host.gpus >= 1 && var.adapter_host.gpus <= 8)
    error_message = "One to eight graphics cards."
  }
}
