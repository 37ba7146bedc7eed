// Note: a remark about a part of an expression, while an evaluation gathers it.

/// A remark while it is gathered: the part it is about may stand in several expressions.
struct Note: Hashable {
    var remark: Remark
    /// nil where Prometheus names no place but the beginning.
    var subject: Expression?
}

extension [Note] {
    /// Each remark once, the fixes of one part told together, at every place where the part stands.
    func annotations(in expression: Expression) -> [Annotation] {
        var merged: [Note] = []
        var places: [Note: Int] = [:]
        for note in self {
            var key = note
            if case .fixedMonotonicity = note.remark { key.remark = .notACounter("") }
            guard let place = places[key] else {
                places[key] = merged.count
                merged.append(note)
                continue
            }
            if case .fixedMonotonicity(var fixes) = merged[place].remark,
                case .fixedMonotonicity(let more) = note.remark
            {
                fixes.merge(more)
                merged[place].remark = .fixedMonotonicity(fixes)
            }
        }
        var annotations: [Annotation] = []
        for note in merged {
            let (severity, message) = (note.remark.severity, note.remark.message)
            let positions = note.subject.map { expression.positions(of: $0) } ?? [Position(0, 0)]
            annotations += positions.map {
                Annotation(severity: severity, message: message, position: $0)
            }
        }
        return annotations
    }
}
