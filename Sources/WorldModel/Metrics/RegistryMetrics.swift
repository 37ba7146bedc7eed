// RegistryMetrics: instances and checks as samples.
import Events

extension Service {
    /// The instances of each datacenter by their health; `datacenter` knows that of a feed.
    func instanceSamples(datacenter: (FeedID) -> String?) -> [MetricSample] {
        var counts: [String: [Health: Int]] = [:]
        for instance in instances {
            let place = datacenter(instance.feed) ?? ""
            let none: [Health: Int] = [.passing: 0, .warning: 0, .critical: 0]
            counts[place, default: none][instance.told.health, default: 0] += 1
        }
        return counts.flatMap { datacenter, counts in
            counts.map { health, count in
                var sample = MetricSample(
                    "registry_instances", ["service": name, "status": health.rawValue],
                    Double(count))
                if !datacenter.isEmpty { sample.labels["datacenter"] = datacenter }
                return sample
            }
        }
    }

    /// Those that are not passing: however many instances there are, few of them are sick.
    func sickInstanceSamples(datacenter: (FeedID) -> String?) -> [MetricSample] {
        instances.filter { $0.told.health != .passing }.map { instance in
            var sample = sample(
                "registry_instance_status", of: instance.told,
                ("status", instance.told.health.rawValue), 1)
            if let datacenter = datacenter(instance.feed), !datacenter.isEmpty {
                sample.labels["datacenter"] = datacenter
            }
            return sample
        }
    }

    var checkSamples: [MetricSample] {
        instances.flatMap { instance in
            instance.told.checks.map { check in
                sample(
                    "registry_check_status", of: instance.told, ("check", check.id),
                    check.status.metricValue)
            }
        }
    }

    /// An instance's id is not its own: each node may have one of that name.
    private func sample(
        _ metric: String, of instance: ServiceInstance, _ label: (name: String, value: String),
        _ value: Double
    ) -> MetricSample {
        MetricSample(
            metric,
            [
                "service": name, "instance": instance.instanceID, "node": instance.node,
                label.name: label.value,
            ], value)
    }
}

extension Health {
    /// As the monitoring plugins number them.
    fileprivate var metricValue: Double {
        switch self {
        case .passing: 0
        case .warning: 1
        case .critical: 2
        case .unknown, .maintenance: 3
        }
    }
}
