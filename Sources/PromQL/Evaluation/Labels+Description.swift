// Labels, description: a label set as messages show it.
package import Events

extension Labels: CustomStringConvertible {
    /// A label set between braces: `{__name__="up", job="api"}`.
    package var description: String {
        let labels = pairs.map { "\($0.name.asLabel)=\($0.value.quoted)" }
        return "{\(labels.joined(separator: ", "))}"
    }
}
