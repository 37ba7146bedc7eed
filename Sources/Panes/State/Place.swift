// Place: where a viewer can be.
package import Events

/// The views that have a number.
package enum View: String, CaseIterable, Sendable {
    case overview, registry, config, sagas, traces, feeds, alerts, rules, mutes

    package var number: Int { (View.allCases.firstIndex(of: self) ?? 0) + 1 }
}

package enum Place: Hashable, Sendable {
    case view(View)
    /// A view, of one service only.
    case about(View, String)
    case service(String)
    case saga(SagaID)
    case alert(AlertRecord.ID)
    case rule(RuleRecord.ID)
    case dependencies(String)
    case changes
    case raw(RowID)
    case help
    case messages

    var service: String? {
        switch self {
        case .about(_, let name), .service(let name), .dependencies(let name): name
        case .raw(.service(let name)): name
        case .view, .saga, .alert, .rule, .changes, .raw, .help, .messages: nil
        }
    }

    /// Its name in the header.
    var title: String {
        switch self {
        case .view(.overview): ""
        case .view(let view): view.rawValue
        case .about(let view, let name): "\(name) › \(view.rawValue)"
        case .service(let name): name
        case .saga(let saga): "saga \(SagaID.tail(of: saga.id))"
        case .alert: "alert"
        case .rule: "rule"
        case .dependencies(let name): "\(name) › dependencies"
        case .changes: "changes"
        case .raw: "record"
        case .help: "help"
        case .messages: "messages"
        }
    }
}
