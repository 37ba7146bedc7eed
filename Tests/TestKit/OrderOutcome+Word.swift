// OrderOutcome, word: what became of an order, as tests write it down.
package import AlertStores

extension OrderOutcome {
    package var word: String {
        switch self {
        case .done: "done"
        case .noted: "noted"
        case .held: "held"
        case .nothing: "nothing"
        }
    }
}
