// CatalogJSON: Consul's shapes on the wire, members in Consul's order.

extension CatalogNode {
    var taggedAddresses: JSON {
        .sorted(["lan": address, "lan_ipv4": address, "wan": address, "wan_ipv4": address])
    }

    func json(datacenter: String) -> JSON {
        [
            "ID": .string(id), "Node": .string(name), "Address": .string(address),
            "Datacenter": .string(datacenter), "TaggedAddresses": taggedAddresses,
            "Meta": .sorted(meta), "CreateIndex": .unsigned(created),
            "ModifyIndex": .unsigned(modified),
        ]
    }
}

extension CatalogService {
    private static let proxy: JSON = ["Mode": "", "MeshGateway": [:], "Expose": [:]]

    private var taggedAddresses: JSON {
        guard !address.isEmpty else { return [:] }
        let place: JSON = ["Address": .string(address), "Port": .integer(Int64(port))]
        return ["lan_ipv4": place, "wan_ipv4": place]
    }

    private var weights: JSON {
        [
            "Passing": .integer(Int64(passingWeight)), "Warning": .integer(Int64(warningWeight)),
        ]
    }

    /// As `health/service` embeds it.
    var json: JSON {
        [
            "ID": .string(id), "Service": .string(name), "Tags": .strings(tags),
            "Address": .string(address), "TaggedAddresses": taggedAddresses,
            "Meta": .sorted(meta), "Port": .integer(Int64(port)), "Weights": weights,
            "EnableTagOverride": false, "Proxy": Self.proxy, "Connect": [:], "PeerName": "",
            "CreateIndex": .unsigned(created), "ModifyIndex": .unsigned(modified),
        ]
    }

    /// As `catalog/service` lists it, flat with its node.
    func flatJSON(on node: CatalogNode, datacenter: String) -> JSON {
        [
            "ID": .string(node.id), "Node": .string(node.name), "Address": .string(node.address),
            "Datacenter": .string(datacenter), "TaggedAddresses": node.taggedAddresses,
            "NodeMeta": .sorted(node.meta), "ServiceKind": "", "ServiceID": .string(id),
            "ServiceName": .string(name), "ServiceTags": .strings(tags),
            "ServiceAddress": .string(address), "ServiceTaggedAddresses": taggedAddresses,
            "ServiceWeights": weights, "ServiceMeta": .sorted(meta),
            "ServicePort": .integer(Int64(port)), "ServiceSocketPath": "",
            "ServiceEnableTagOverride": false, "ServiceProxy": Self.proxy, "ServiceConnect": [:],
            "CreateIndex": .unsigned(created), "ModifyIndex": .unsigned(modified),
        ]
    }
}

extension CatalogCheck {
    var json: JSON {
        [
            "Node": .string(node), "CheckID": .string(id), "Name": .string(name),
            "Status": .string(status.rawValue), "Notes": .string(notes), "Output": .string(output),
            "ServiceID": .string(serviceID), "ServiceName": .string(serviceName),
            "ServiceTags": .strings(serviceTags), "Type": .string(type),
            "Interval": .string(interval), "Timeout": .string(timeout), "ExposedPort": 0,
            "Definition": [:], "CreateIndex": .unsigned(created),
            "ModifyIndex": .unsigned(modified),
        ]
    }
}
