package io.framewatch.demo;

/// What a test camera looks at, as a filter graph without inputs: 640x360, 25 pictures a second,
/// everywhere in motion.
public enum Scene {
    /// Colour bars with a moving rainbow and a counter.
    TEST_CARD("testsrc2=size=640x360:rate=25,format=yuv420p"),
    /// A football pitch, panned over, with two teams and a ball.
    PITCH(
            """
            color=c=0x2e7d46:s=800x360:r=25,format=yuv420p,
            drawgrid=w=100:h=360:t=50:c=0x276b3c@0.6,
            drawbox=x=40:y=30:w=720:h=300:color=white@0.8:t=3,
            drawbox=x=398:y=30:w=3:h=300:color=white@0.8:t=fill,
            drawbox=x=40:y=110:w=90:h=140:color=white@0.8:t=3,
            drawbox=x=670:y=110:w=90:h=140:color=white@0.8:t=3[p0];
            color=c=0xd64545:s=16x26:r=25[r];[r]split=3[r1][r2][r3];
            color=c=0x3f6fd8:s=16x26:r=25[b];[b]split=3[b1][b2][b3];
            color=c=white:s=8x8:r=25[ball];
            [p0][r1]overlay=x='250+120*sin(t*0.7)':y='120+60*cos(t*0.9)'[p1];
            [p1][r2]overlay=x='400+160*sin(t*0.5+1)':y='200+70*sin(t*0.8)'[p2];
            [p2][r3]overlay=x='560+90*cos(t*0.6)':y='150+80*sin(t*0.4+2)'[p3];
            [p3][b1]overlay=x='300+140*cos(t*0.65)':y='220+60*sin(t*0.75+1)'[p4];
            [p4][b2]overlay=x='480+130*sin(t*0.45+3)':y='110+60*cos(t*0.85)'[p5];
            [p5][b3]overlay=x='180+80*sin(t*0.55+2)':y='180+90*cos(t*0.5)'[p6];
            [p6][ball]overlay=x='400+300*sin(t*0.8)':y='180+120*sin(t*1.3)'[p7];
            [p7]crop=640:360:x='80+80*sin(t/4)':y=0\
            """),
    /// A road with lanes rolling by and four cars.
    ROAD(
            """
            color=c=0x7d8f69:s=800x360:r=25,format=yuv420p,
            drawbox=x=0:y=90:w=800:h=190:color=0x3d4148:t=fill,
            drawbox=x=0:y=94:w=800:h=3:color=white@0.8:t=fill,
            drawbox=x=0:y=273:w=800:h=3:color=white@0.8:t=fill,
            drawgrid=x=0:y=183:w=160:h=400:t=2:c=white@0.5,
            crop=640:360:x='mod(t*90,160)':y=0[w0];
            color=c=0xe0b13a:s=62x30:r=25[c1];color=c=0xc24d4d:s=58x28:r=25[c2];
            color=c=0x4aa3c7:s=66x30:r=25[c3];color=c=0xe8e8e8:s=110x36:r=25[c4];
            [w0][c1]overlay=x='mod(t*130,760)-70':y=200[w1];
            [w1][c2]overlay=x='mod(t*95+300,760)-70':y=236[w2];
            [w2][c3]overlay=x='660-mod(t*120,760)':y=112[w3];
            [w3][c4]overlay=x='660-mod(t*80+380,790)':y=146\
            """);

    private final String graph;

    Scene(String graph) {
        this.graph = graph.replace("\n", "");
    }

    /// The filter graph; its last filter's output is open.
    public String graph() {
        return graph;
    }
}
