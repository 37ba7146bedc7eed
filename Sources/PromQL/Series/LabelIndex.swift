// LabelIndex: which series carry a label's value.

import Events

/// For every label's name and value, the series that carry it, in ascending order.
struct LabelIndex {
    private var postings: [ByteString: [ByteString: [Int32]]] = [:]

    /// The values a label has, each with its series.
    func values(of name: String) -> [ByteString: [Int32]] { postings[ByteString(name)] ?? [:] }

    func series(_ name: String, _ value: String) -> [Int32] {
        postings[ByteString(name)]?[ByteString(value)] ?? []
    }

    /// The same labels, sharing the texts of those that are known.
    func shared(_ labels: Labels) -> Labels {
        Labels(
            labels.pairs.map { label in
                guard let name = postings.index(forKey: ByteString(label.name)) else {
                    return label
                }
                let values = postings[name].value
                let value = values.index(forKey: ByteString(label.value)).map { values[$0].key }
                return Label(postings[name].key.text, value?.text ?? label.value)
            })
    }

    mutating func insert(_ series: Int32, _ labels: Labels) {
        for label in labels.pairs {
            postings[ByteString(label.name), default: [:]][ByteString(label.value), default: []]
                .insertSorted(series)
        }
    }

    /// Forgets many series at once: each list is gone through once.
    mutating func remove(_ gone: [(series: Int32, labels: Labels)]) {
        let series = Set(gone.map(\.series))
        for label in Set(gone.flatMap(\.labels.pairs)) {
            let (name, value) = (ByteString(label.name), ByteString(label.value))
            postings[name]?[value]?.removeAll(where: series.contains)
            if postings[name]?[value]?.isEmpty == true { postings[name]?[value] = nil }
            if postings[name]?.isEmpty == true { postings[name] = nil }
        }
    }
}

extension [Int32] {
    /// New series have the highest number, unless a forgotten one's is used again.
    fileprivate mutating func insertSorted(_ series: Int32) {
        guard let last, last >= series else { return append(series) }
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < series { low = middle + 1 } else { high = middle }
        }
        insert(series, at: low)
    }
}
