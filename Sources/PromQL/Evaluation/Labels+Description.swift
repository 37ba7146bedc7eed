// Labels, description: a label set as messages show it.
package import Events

extension Labels: CustomStringConvertible {
    /// A label set between braces: `{__name__="up", job="api"}`.
    package var description: String {
        let labels = pairs.map { "\($0.name.asLabel)=\($0.value.quoted)" }
        return "{\(labels.joined(separator: ", "))}"
    }

    /// `name{a="b", c="d"}`, and `{"odd name", a="b"}`; what would not be seen is escaped.
    package var series: String {
        let name = metricName
        let others = dropping([Self.nameLabel])
        guard name.isEmpty || name.isPlainMetricName else {
            let rest = others.description.dropFirst()
            return "{\(name.quoted)\(others.isEmpty ? "" : ", ")\(rest)"
        }
        return others.isEmpty && !name.isEmpty ? name : name + others.description
    }
}
