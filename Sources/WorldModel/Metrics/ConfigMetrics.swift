// ConfigMetrics: versions of keys, and instances that do not run them, as samples.
import Events

extension World {
    var configSamples: [MetricSample] {
        config.all.flatMap { configuration in
            let entry = configuration.entry
            let labels: KeyValuePairs = [
                "source": configuration.feed, "key": entry.key, "service": entry.service ?? "",
                "environment": entry.environment ?? "",
            ]
            var samples: [MetricSample] = []
            if let version = Double(entry.version) {
                samples.append(MetricSample("config_version", labels, version))
            }
            if let changed = configuration.changed {
                let seconds = Double(changed.milliseconds) / 1000
                samples.append(
                    MetricSample("config_last_change_timestamp_seconds", labels, seconds))
            }
            return samples
        } + drifts
    }

    /// Of keys whose version any instance tells.
    private var drifts: [MetricSample] {
        var counts: [[String]: Int] = [:]
        for configuration in config.all {
            guard let service = configuration.entry.service, !running(configuration).isEmpty else {
                continue
            }
            let key = [service, configuration.entry.environment ?? ""]
            counts[key, default: 0] += drifted(configuration).count
        }
        return counts.map { key, count in
            MetricSample(
                "config_drifted_instances", ["service": key[0], "environment": key[1]],
                Double(count))
        }
    }
}
