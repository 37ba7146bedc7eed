// RegistryMetrics: instances and checks as samples.
import Events

extension Service {
    var instanceSamples: [MetricSample] {
        var counts: [Health: Int] = [.passing: 0, .warning: 0, .critical: 0]
        for instance in instances { counts[instance.told.health, default: 0] += 1 }
        return counts.map { health, count in
            MetricSample(
                "registry_instances", ["service": name, "status": health.rawValue], Double(count))
        }
    }

    var checkSamples: [MetricSample] {
        instances.flatMap { instance in
            instance.told.checks.map { check in
                MetricSample(
                    "registry_check_status",
                    ["service": name, "instance": instance.told.instanceID, "check": check.id],
                    check.status.metricValue)
            }
        }
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
