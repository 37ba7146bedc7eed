// ConfigurationSchema: what the configuration may hold, for editors that check and complete it.

package enum ConfigurationSchema {
    /// JSON Schema, draft 7: what the language servers of YAML read.
    ///
    /// It is written by hand beside the readers: a test holds them together.
    package static let json = #"""
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "clawtop's configuration",
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "environment": {
              "type": ["string", "number"],
              "description": "Stands in the header, in words: production, staging"
            },
            "theme": {
              "type": "string",
              "description": "A theme's name; `:theme` in the dashboard lists them"
            },
            "feeds": {
              "type": "object",
              "description": "The servers to watch, by what they tell of",
              "additionalProperties": false,
              "properties": {
                "registry": {
                  "type": "array",
                  "description": "Services, instances, checks",
                  "items": {
                    "allOf": [{ "$ref": "#/definitions/feed" }],
                    "oneOf": [{ "required": ["consul"] }, { "required": ["etcd"] }]
                  }
                },
                "config": {
                  "type": "array",
                  "description": "Keys, and who runs which version",
                  "items": {
                    "allOf": [{ "$ref": "#/definitions/feed" }],
                    "oneOf": [{ "required": ["consul"] }, { "required": ["etcd"] }]
                  }
                },
                "sagas": {
                  "type": "array",
                  "items": {
                    "allOf": [{ "$ref": "#/definitions/feed" }],
                    "oneOf": [{ "required": ["lra"] }]
                  }
                },
                "traces": {
                  "type": "array",
                  "items": {
                    "allOf": [{ "$ref": "#/definitions/feed" }],
                    "oneOf": [{ "required": ["zipkin"] }]
                  }
                },
                "metrics": {
                  "type": "array",
                  "description": "What rules and queries read beside clawtop's own series",
                  "items": {
                    "allOf": [{ "$ref": "#/definitions/feed" }],
                    "oneOf": [
                      { "required": ["metrics"] },
                      { "required": ["prometheus"] },
                      { "required": ["alertmanager"] }
                    ]
                  }
                }
              }
            },
            "rules": {
              "type": "array",
              "description": "Rule files as Prometheus has them, relative to this file; * and ? stand for what is there",
              "items": { "type": "string", "minLength": 1 }
            },
            "default_rules": {
              "type": "boolean",
              "description": "Whether the rules that clawtop brings along are used too",
              "default": true
            },
            "store": {
              "description": "Where acknowledgements are kept; a team shares a server or a file",
              "oneOf": [
                {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["sqlite"],
                  "properties": {
                    "sqlite": {
                      "type": "string",
                      "minLength": 1,
                      "description": "A file's path, relative to this file"
                    }
                  }
                },
                { "$ref": "#/definitions/sharedStore" }
              ]
            },
            "acknowledgement": {
              "type": "object",
              "description": "How long an acknowledgement holds, and what it survives",
              "additionalProperties": false,
              "properties": {
                "expiry": { "$ref": "#/definitions/duration" },
                "flap_window": { "$ref": "#/definitions/duration" },
                "rules": {
                  "type": "object",
                  "description": "Expiries by alert: {SagaStuck: 2h}",
                  "additionalProperties": { "$ref": "#/definitions/duration" }
                }
              }
            },
            "read_only": {
              "type": "boolean",
              "description": "Nothing is acknowledged, muted or noted from here",
              "default": false
            },
            "notify": {
              "type": "array",
              "description": "Whom alerts are told to",
              "items": {
                "oneOf": [
                  { "$ref": "#/definitions/webhook" },
                  { "$ref": "#/definitions/command" },
                  { "$ref": "#/definitions/alertmanager" },
                  { "$ref": "#/definitions/bell" },
                  { "$ref": "#/definitions/desktop" }
                ]
              }
            }
          },
          "definitions": {
            "duration": {
              "type": "string",
              "description": "As in Prometheus: 500ms, 10s, 15m, 1h30m",
              "pattern": "^(?=.*[1-9])([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$"
            },
            "secret": {
              "type": "string",
              "description": "A reference, never the secret itself: env:NAME, file:PATH or exec:COMMAND",
              "pattern": "^(env|file|exec):."
            },
            "address": {
              "type": "string",
              "description": "http://host:port/path, or consul://service to find it in the registry",
              "pattern": "^([hH][tT][tT][pP][sS]?|[cC][oO][nN][sS][uU][lL])://[^/?#@][^?#@]*$"
            },
            "serverAddress": {
              "type": "string",
              "description": "http://host:port/path",
              "pattern": "^[hH][tT][tT][pP][sS]?://[^/?#@][^?#@]*$"
            },
            "feed": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "consul": { "$ref": "#/definitions/address" },
                "etcd": { "$ref": "#/definitions/address" },
                "lra": { "$ref": "#/definitions/address" },
                "zipkin": { "$ref": "#/definitions/address" },
                "metrics": { "$ref": "#/definitions/address" },
                "prometheus": { "$ref": "#/definitions/address" },
                "alertmanager": { "$ref": "#/definitions/address" },
                "name": {
                  "type": ["string", "number"],
                  "description": "Tells two servers of a kind apart"
                },
                "deadline": {
                  "allOf": [{ "$ref": "#/definitions/duration" }],
                  "description": "The longest that one call may take: 10s where nothing is said"
                },
                "interval": {
                  "allOf": [{ "$ref": "#/definitions/duration" }],
                  "description": "How often to ask where there is no watch"
                },
                "budget": {
                  "type": "number",
                  "exclusiveMinimum": 0,
                  "description": "Requests per second, at most"
                },
                "token": { "$ref": "#/definitions/secret" },
                "user": { "type": ["string", "number"] },
                "password": { "$ref": "#/definitions/secret" },
                "datacenter": { "type": "string", "description": "Consul's" },
                "prefix": {
                  "type": "string",
                  "description": "Where the services or keys lie: services/, config/"
                },
                "ca": {
                  "type": "string",
                  "description": "The certificate authority's file, in PEM"
                },
                "certificate": { "type": "string", "description": "Ours, in PEM" },
                "key": { "type": "string", "description": "Our certificate's, in PEM" },
                "tenant": {
                  "type": ["string", "number"],
                  "description": "Whose series are asked for: Mimir's X-Scope-OrgID"
                },
                "job": {
                  "type": ["string", "number"],
                  "description": "The label job of scraped series; the feed's name where nothing is said"
                },
                "honor_labels": {
                  "type": "boolean",
                  "description": "Whether scraped series keep a job or instance of their own",
                  "default": false
                }
              }
            },
            "sharedStore": {
              "type": "object",
              "additionalProperties": false,
              "oneOf": [{ "required": ["consul"] }, { "required": ["etcd"] }],
              "properties": {
                "consul": { "$ref": "#/definitions/serverAddress" },
                "etcd": { "$ref": "#/definitions/serverAddress" },
                "prefix": {
                  "type": "string",
                  "description": "The folder of keys that is ours",
                  "pattern": "^[^/].*/$",
                  "default": "clawtop/"
                },
                "token": { "$ref": "#/definitions/secret" },
                "user": { "type": ["string", "number"] },
                "password": { "$ref": "#/definitions/secret" },
                "datacenter": { "type": "string" },
        \#(tls),
                "deadline": { "$ref": "#/definitions/duration" }
              }
            },
            "webhookAddress": {
              "type": "string",
              "description": "http://host:port/path, or a reference where the address itself is a secret: env:NAME",
              "pattern": "^((env|file|exec):.|[hH][tT][tT][pP][sS]?://[^?@]*$)"
            },
            "receiverName": { "type": ["string", "number"], "minLength": 1 },
            "severity": {
              "description": "The least that is told",
              "enum": ["info", "warning", "critical"]
            },
            "matchers": {
              "type": "array",
              "description": "Only alerts with these labels: [team=shop, env!=test]",
              "items": { "type": "string" }
            },
            "groupBy": {
              "type": "array",
              "description": "Labels of which alerts are told together; [...] is each by itself",
              "items": { "type": "string" }
            },
            "span": {
              "anyOf": [{ "$ref": "#/definitions/duration" }, { "const": "0s" }]
            },
            "repeat": {
              "anyOf": [{ "$ref": "#/definitions/duration" }, { "const": "never" }]
            },
            "webhook": {
              "type": "object",
              "additionalProperties": false,
              "required": ["webhook"],
              "properties": {
                "webhook": { "$ref": "#/definitions/webhookAddress" },
        \#(choice),
        \#(pace),
                "deadline": { "$ref": "#/definitions/duration" },
                "token": { "$ref": "#/definitions/secret" },
        \#(tls)
              }
            },
            "command": {
              "type": "object",
              "additionalProperties": false,
              "required": ["command"],
              "properties": {
                "command": {
                  "type": "array",
                  "description": "The program and its arguments: [/usr/bin/page, --loud]",
                  "minItems": 1,
                  "items": { "type": "string" }
                },
        \#(choice),
        \#(pace),
                "deadline": { "$ref": "#/definitions/duration" }
              }
            },
            "alertmanager": {
              "type": "object",
              "additionalProperties": false,
              "required": ["alertmanager"],
              "properties": {
                "alertmanager": { "$ref": "#/definitions/webhookAddress" },
        \#(choice),
                "deadline": { "$ref": "#/definitions/duration" },
                "token": { "$ref": "#/definitions/secret" },
        \#(tls)
              }
            },
            "bell": {
              "type": "object",
              "additionalProperties": false,
              "required": ["bell"],
              "properties": {
                "bell": { "const": true },
        \#(choice),
        \#(pace)
              }
            },
            "desktop": {
              "type": "object",
              "additionalProperties": false,
              "required": ["desktop"],
              "properties": {
                "desktop": { "const": true },
        \#(choice),
        \#(pace)
              }
            }
          }
        }

        """#

    // Draft 7 cannot add keys to an object that may have no others: what several have stands here
    // once, and is put into each of them.

    /// What every receiver has.
    private static let choice = #"""
                "name": { "$ref": "#/definitions/receiverName" },
                "severity": { "$ref": "#/definitions/severity" },
                "matchers": { "$ref": "#/definitions/matchers" }
        """#

    /// Of those who hear of groups.
    private static let pace = #"""
                "group_by": { "$ref": "#/definitions/groupBy" },
                "group_wait": { "$ref": "#/definitions/span" },
                "group_interval": { "$ref": "#/definitions/span" },
                "repeat_interval": { "$ref": "#/definitions/repeat" }
        """#

    /// Of what is reached over TLS.
    private static let tls = #"""
                "ca": { "type": "string" },
                "certificate": { "type": "string" },
                "key": { "type": "string" }
        """#
}
