// EtcdServices: keys of a registry in etcd, kept as services and their instances.
import Events

/// Every instance under the prefix; turns news of keys into news of services.
struct EtcdServices {
    let prefix: String
    private var services: [String: [String: ServiceInstance]] = [:]
    /// Names of keys that are no `<prefix><service>/<id>`.
    private var others: Set<String> = []

    init(prefix: String) {
        self.prefix = prefix
    }

    /// Nil where nothing changed for those who watch services.
    mutating func apply(_ news: EtcdNews) -> RegistryEvent? {
        switch news {
        case .unchanged: return nil
        case .listed(let pairs):
            self = Self(prefix: prefix)
            for pair in pairs { put(pair) }
            return .listed(services.keys.sorted().map(listing))
        case .changed(let pairs, let gone):
            let names = Set((gone + pairs.map(\.name)).compactMap { place(of: $0)?.service })
            let old = names.reduce(into: [:]) { $0[$1] = services[$1] }
            for name in gone { remove(name) }
            for pair in pairs { put(pair) }
            let touched = names.filter { services[$0] != old[$0] }.sorted()
            guard !touched.isEmpty else { return nil }
            let lost = touched.filter { services[$0] == nil }
            return .changed(touched.filter { services[$0] != nil }.map(listing), gone: lost)
        }
    }

    /// `3 services, 9 instances`.
    var note: String {
        let instances = services.values.reduce(0) { $0 + $1.count }
        let count = "\(services.count.counted("service")), \(instances.counted("instance"))"
        return others.isEmpty ? count : "\(count); \(others.count.counted("key")) of another form"
    }

    private func listing(_ service: String) -> ServiceListing {
        let instances = services[service, default: [:]].values.sorted { $0.id < $1.id }
        return ServiceListing(service: service, instances: instances)
    }

    private mutating func put(_ pair: EtcdPair) {
        guard let place = place(of: pair.name) else {
            others.insert(pair.name)
            return
        }
        services[place.service, default: [:]][place.id] = Self.instance(pair, at: place)
    }

    private mutating func remove(_ name: String) {
        guard let place = place(of: name) else {
            others.remove(name)
            return
        }
        services[place.service]?[place.id] = nil
        if services[place.service]?.isEmpty == true { services[place.service] = nil }
    }

    /// The last part is the id, as in etcd's own naming: a service's name may have slashes.
    ///
    /// A prefix given without its slash names the folder, or the one service in it.
    private func place(of name: String) -> (service: String, id: String)? {
        var rest = name.dropFirst(prefix.count)
        if !prefix.isEmpty, !prefix.hasSuffix("/") {
            // `services-other/x` lies beside `services`, and not in it.
            guard rest.hasPrefix("/") else { return nil }
            rest = rest.dropFirst()
            if !rest.contains("/"), !rest.isEmpty {
                return (String(prefix.drop { $0 == "/" }), String(rest))
            }
        }
        guard let slash = rest.lastIndex(of: "/") else { return nil }
        let (service, id) = (rest[..<slash].drop { $0 == "/" }, rest[rest.index(after: slash)...])
        return service.isEmpty || id.isEmpty ? nil : (String(service), String(id))
    }

    /// A key only says that its instance lives: how well it does, nobody told.
    private static func instance(
        _ pair: EtcdPair, at place: (service: String, id: String)
    ) -> ServiceInstance {
        let told = EtcdInstance(pair.value)
        var checks: [Check] = []
        if let trouble = told.trouble {
            checks.append(Check(id: "value", name: "value", status: .unknown, output: trouble))
        }
        if !pair.hasLease {
            // It may be dead for weeks; that is how it was registered, and no fault of today's.
            let output = "no lease: the key stays when the instance is gone"
            checks.append(Check(id: "lease", name: "lease", status: .unknown, output: output))
        }
        return ServiceInstance(
            id: place.id, service: place.service, address: told.address, zone: told.zone,
            version: told.version, configVersion: told.configVersion, health: .unknown,
            checks: checks)
    }
}
