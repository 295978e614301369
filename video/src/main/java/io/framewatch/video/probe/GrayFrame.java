package io.framewatch.video.probe;

/// A picture made small and grey, each cell the mean brightness of the pixels under it, 0 black to
/// 255 white. Averaging makes noise small and keeps a moving clock visible.
///
/// @param cells [#WIDTH] x [#HEIGHT] cells, row by row; not to be changed
record GrayFrame(byte[] cells) {

    static final int WIDTH = 320;
    static final int HEIGHT = 180;
    static final int CELLS = WIDTH * HEIGHT;

    /// A cell this dark is black: a tenth of the range, as in ffmpeg's blackdetect.
    private static final int BLACK_LEVEL_MAX = 25;

    /// A picture is black when this part of it is, as in ffmpeg's blackdetect.
    private static final double BLACK_SHARE_MIN = 0.98;

    /// A cell has changed when it differs by more than this ...
    private static final int CHANGE_MIN = 12;

    /// ... and by more than this many times the mean difference, which is the noise.
    private static final int CHANGE_OVER_NOISE = 12;

    /// This many changed cells are a different picture.
    private static final int CHANGED_CELLS_MIN = 4;

    /// A mean difference above this is a different picture, whatever the single cells do.
    private static final double MEAN_CHANGE_MAX = 6;

    GrayFrame {
        if (cells.length != CELLS) {
            throw new IllegalArgumentException("a frame of " + cells.length + " cells");
        }
    }

    boolean isBlack() {
        int black = 0;
        for (byte cell : cells) {
            if ((cell & 0xff) <= BLACK_LEVEL_MAX) {
                black++;
            }
        }
        return black >= BLACK_SHARE_MIN * CELLS;
    }

    double luma() {
        long sum = 0;
        for (byte cell : cells) {
            sum += cell & 0xff;
        }
        return (double) sum / CELLS;
    }

    /// Whether both show the same picture, but for noise and the traces of coding.
    boolean sameAs(GrayFrame other) {
        long sum = 0;
        int[] counts = new int[256];
        for (int i = 0; i < CELLS; i++) {
            int difference = Math.abs((cells[i] & 0xff) - (other.cells[i] & 0xff));
            counts[difference]++;
            sum += difference;
        }
        double mean = (double) sum / CELLS;
        if (mean > MEAN_CHANGE_MAX) {
            return false;
        }
        int changed = 0;
        int border = (int) Math.max(CHANGE_MIN, mean * CHANGE_OVER_NOISE);
        for (int difference = border + 1; difference < counts.length; difference++) {
            changed += counts[difference];
        }
        return changed < CHANGED_CELLS_MIN;
    }
}
