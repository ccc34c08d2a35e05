package dev.lambdaconfig.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that changes, breaks, disappears and comes back. */
final class PolicyFileTest {

  private static final String ONE = "rules: [{namespaces: [team-a]}]";
  private static final String OTHER = "rules: [{namespaces: [team-b]}]";

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("policy.yaml"), text);
  }

  @Test
  void isInForceAsItIsRead() throws Exception {
    PolicyFile file = PolicyFile.read(file(ONE));

    assertThat(file.get()).isEqualTo(Policy.parse(ONE));
    assertThat(file.isInForce()).isTrue();
    assertThat(file.reload()).isFalse();
  }

  @Test
  void isInForceOnceItHasChanged() throws Exception {
    PolicyFile file = PolicyFile.read(file(ONE));
    file(OTHER);

    assertThat(file.reload()).isTrue();

    assertThat(file.get()).isEqualTo(Policy.parse(OTHER));
  }

  @Test
  void isTheLastGoodOneWhileItIsBroken() throws Exception {
    PolicyFile file = PolicyFile.read(file(ONE));
    file("rules: oops");

    assertThat(file.reload()).isFalse();
    assertThat(file.isInForce()).isFalse();
    assertThat(file.get()).isEqualTo(Policy.parse(ONE));

    Files.delete(directory.resolve("policy.yaml"));
    assertThat(file.reload()).isFalse();
    assertThat(file.get()).isEqualTo(Policy.parse(ONE));

    file(OTHER);
    assertThat(file.reload()).isTrue();
    assertThat(file.isInForce()).isTrue();
  }

  @Test
  void isInOrderAgainOnceItIsAsBefore() throws Exception {
    PolicyFile file = PolicyFile.read(file(ONE));
    file("rules: oops");
    file.reload();
    file(ONE);

    assertThat(file.reload()).isFalse();

    assertThat(file.isInForce()).isTrue();
  }

  @Test
  void isChangedByNothingButRules() throws Exception {
    PolicyFile file = PolicyFile.read(file(ONE));
    file("# a comment\n" + ONE);

    assertThat(file.reload()).isFalse();
    assertThat(file.isInForce()).isTrue();
  }

  @Test
  void keepsAnOperatorFromStartingWhereItCannotBeUsed() throws Exception {
    Path missing = directory.resolve("missing.yaml");
    Path broken = file("rules: oops");
    Path huge = Files.write(directory.resolve("huge.yaml"), new byte[(1 << 20) + 1]);

    assertThatThrownBy(() -> PolicyFile.read(missing)).hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> PolicyFile.read(broken)).hasMessageContaining("no list of rules");
    assertThatThrownBy(() -> PolicyFile.read(huge)).hasMessageContaining("1 MiB");
  }
}
