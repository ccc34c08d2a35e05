package dev.lambdaconfig.build.image.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Two class archives that differ in times only, and in more. */
final class ClassArchiveTest {

  private static final int SIZE = 3 * 4096;
  private static final int AT = 8192;

  private static byte[] archive(long time, int checksum) {
    ByteBuffer archive = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    archive.putInt(0, 0xf00baba2).putInt(4, checksum).putLong(AT, time).putLong(AT + 8, 17);
    return archive.array();
  }

  @Test
  void timesAndChecksumsAreSetToZero() {
    assertThat(ClassArchive.leveled(archive(66_000, 1), archive(71_000, 2)))
        .hasValueSatisfying(leveled -> assertThat(leveled).isEqualTo(archive(0, 0)));
  }

  @Test
  void laterBuildsGiveTheSameBytes() {
    assertThat(ClassArchive.leveled(archive(66_000, 1), archive(71_000, 2)).orElseThrow())
        .isEqualTo(
            ClassArchive.leveled(archive(1L << 33, 7), archive((1L << 33) + 90, 8)).orElseThrow());
  }

  @Test
  void anythingElseThatDiffersLeavesNoArchive() {
    assertThat(ClassArchive.leveled(archive(66_000, 1), archive(65_000, 2))).isEmpty();
    assertThat(ClassArchive.leveled(archive(66_000, 1), archive(66_000L << 20, 2))).isEmpty();
    assertThat(ClassArchive.leveled(archive(66_000, 1), new byte[SIZE + 8])).isEmpty();
  }
}
