// TargetLabels: the labels that a target's series get for where they come from.
import Events

/// `job` and `instance`, and what happens where a series brings such a label of its own.
struct TargetLabels: Sendable {
    let labels: Labels
    /// The series' own label wins; else it is kept as `exported_job`.
    let honorsOwn: Bool

    init(job: String, instance: String, honorsOwn: Bool = false) {
        labels = Labels(["job": job, "instance": instance])
        self.honorsOwn = honorsOwn
    }

    /// A scraped series with these labels.
    ///
    /// Source: <https://prometheus.io/docs/prometheus/latest/configuration/configuration/>, under
    /// `honor_labels`.
    func added(to series: Labels) -> Labels {
        var merged = series
        for label in labels.pairs {
            let own = series[label.name]
            if !own.isEmpty {
                if honorsOwn { continue }
                var name = "exported_" + label.name
                while !merged[name].isEmpty { name = "exported_" + name }
                merged[name] = own
            }
            merged[label.name] = label.value
        }
        return merged
    }

    /// A series that says something about the scrape itself.
    func series(_ name: String) -> Labels {
        var series = labels
        series[Labels.nameLabel] = name
        return series
    }
}
