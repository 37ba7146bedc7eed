// Note: a remark about a part of an expression, while an evaluation gathers it.

/// A remark while it is gathered: the part it is about may stand in several expressions.
struct Note: Hashable {
    var remark: Remark
    /// nil where Prometheus names no place but the beginning.
    var subject: Expression?
}

extension [Note] {
    /// Each remark once; the fixes of one part are told together.
    var merged: [Note] {
        var merged: [Note] = []
        var places: [Note: Int] = [:]
        for note in self {
            guard let place = places[note] else {
                places[note] = merged.count
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
        return merged
    }

    /// Each remark at every place of an expression where the part stands that it is about.
    func annotations(in expression: Expression) -> [Annotation] {
        merged.flatMap { note in
            let (severity, message) = (note.remark.severity, note.remark.message)
            let positions = note.subject.map { expression.positions(of: $0) } ?? [Position(0, 0)]
            return positions.map {
                Annotation(severity: severity, message: message, position: $0)
            }
        }
    }
}
