package io.framewatch.demo;

/// What a test camera sends, whatever it sees.
enum Picture {
    /// What it sees.
    LIVE(0),
    /// One picture, over and over.
    STILL(1),
    /// Black.
    BLACK(2);

    private final int input;

    Picture(int input) {
        this.input = input;
    }

    /// The input of its `streamselect` filter.
    int input() {
        return input;
    }
}
