// Filter: which rows stay, from what the operator typed after `/`.
import Patterns

/// All terms must hold; a row of which a term cannot tell is not shown, inverted or not.
package struct Filter: Sendable {
    let text: String
    let terms: [Term]

    struct Term: Sendable {
        var isInverted: Bool
        var test: Test
    }

    enum Test: Sendable {
        case words(String)
        case pattern(Pattern)
        case comparison(Comparison)
    }

    func holds(for row: RowID, of section: any Section, _ scene: Scene) -> Bool {
        terms.allSatisfy { term in
            guard let holds = term.test.holds(for: row, of: section, scene) else { return false }
            return holds != term.isInverted
        }
    }

    /// Whether a line of text has what is searched for.
    func isFound(in line: String) -> Bool {
        terms.allSatisfy { term in
            switch term.test {
            case .words(let words): line.holds(words) != term.isInverted
            case .pattern(let pattern): pattern.matches(line) != term.isInverted
            case .comparison: false
            }
        }
    }
}

/// `p99>500ms`.
struct Comparison: Sendable {
    enum Sign: String, Sendable, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case not = "!="
        case more = ">"
        case less = "<"
        case equal = "="
    }

    var field: Field
    var sign: Sign
    var measure: Measure

    func holds(for value: Measure) -> Bool {
        switch sign {
        case .atLeast: value >= measure
        case .atMost: value <= measure
        case .not: value != measure
        case .more: value > measure
        case .less: value < measure
        case .equal: value == measure
        }
    }
}

extension Filter.Test {
    /// Nil where nobody can tell.
    fileprivate func holds(for row: RowID, of section: any Section, _ scene: Scene) -> Bool? {
        switch self {
        case .words(let words): section.searched(row, scene).holds(words)
        case .pattern(let pattern): pattern.matches(section.searched(row, scene))
        case .comparison(let comparison):
            section.measure(row, comparison.field, scene).map(comparison.holds)
        }
    }
}
