// Links: addresses in the server's own pages.

extension TemplateFunction {
    static let links = [
        Self("tableLink", text: { "/graph?g0.expr=\(urlQuery($0))&g0.tab=1" }),
        Self("graphLink", text: { "/graph?g0.expr=\(urlQuery($0))&g0.tab=0" }),
        Self("externalURL", []) { execution, _ in .string(execution.input.externalURL) },
        Self("pathPrefix", []) { execution, _ in .string(path(of: execution.input.externalURL)) },
    ]

    /// What stands between the host and a query or fragment.
    private static func path(of url: String) -> String {
        let address = url.prefix { $0 != "?" && $0 != "#" }
        guard let scheme = address.firstRange(of: "://") else { return String(address) }
        return String(address[scheme.upperBound...].drop { $0 != "/" })
    }
}
