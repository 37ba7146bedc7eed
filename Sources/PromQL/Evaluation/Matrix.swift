// Matrix: label sets and their values over time, while they are computed.
import Events

/// One row of samples for each row of the column; each run is one sample.
struct Matrix {
    let column: LabelColumn
    let runs: [[Run]]

    var series: [SampleSeries] {
        runs.enumerated().map { row, runs in
            SampleSeries(
                column[row],
                runs.map { .init(Instant(milliseconds: $0.from), $0.value) })
        }
    }
}

/// Puts the vectors of successive moments together to series.
struct MatrixBuilder {
    private(set) var points = 0
    private var labels: [Labels] = []
    private var runs: [[Run]] = []
    private var places: [Labels: Int] = [:]
    /// For the column of the last vector: its rows' places among the series, or -1.
    private var column: LabelColumn?
    private var columnPlaces: [Int] = []

    /// Adds values; a vector's label sets must be unique.
    mutating func add(_ vector: Vector, at time: Int64) {
        if column !== vector.column {
            column = vector.column
            columnPlaces = Array(repeating: -1, count: vector.column.count)
        }
        for place in vector.values.indices {
            let row = vector.row(place)
            if columnPlaces[row] < 0 { columnPlaces[row] = series(of: vector.column[row]) }
            runs[columnPlaces[row]].append(Run(from: time, value: vector.values[place]))
        }
        points += vector.count
    }

    private mutating func series(of labels: Labels) -> Int {
        if let known = places[labels] { return known }
        places[labels] = runs.count
        self.labels.append(labels)
        runs.append([])
        return runs.count - 1
    }

    var matrix: Matrix { Matrix(column: LabelColumn(labels, isUnique: true), runs: runs) }
}
