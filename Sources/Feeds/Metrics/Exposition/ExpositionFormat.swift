// ExpositionFormat: the text formats in which a target may answer, and how they are asked for.

/// The two text formats; the binary one is never asked for.
///
/// Sources: <https://prometheus.io/docs/instrumenting/exposition_formats/> and
/// <https://prometheus.io/docs/specs/om/open_metrics_spec/>.
package enum ExpositionFormat: Sendable {
    /// Prometheus' own, versions 0.0.4 and 1.0.0.
    case text
    /// OpenMetrics 1.0: it says where it ends, and its timestamps are seconds.
    case openMetrics

    /// The header `Accept`, as Prometheus 3 sends it.
    static let accepted = """
        application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,\
        application/openmetrics-text;version=0.0.1;q=0.4,\
        text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,\
        text/plain;version=0.0.4;q=0.2,*/*;q=0.1
        """

    /// The format that a header `Content-Type` names; nil where that is none of them.
    ///
    /// Only the media type counts, whatever its version, as in Prometheus 3.
    package init?(contentType: String) {
        let type = contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }
        switch type.lowercased() {
        case "text/plain": self = .text
        case "application/openmetrics-text": self = .openMetrics
        default: return nil
        }
    }
}
