package dev.lambdaconfig.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.cli.OptionVerdict;
import dev.lambdaconfig.model.source.WatchScope;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** The words for how Secrets and ConfigMaps are watched. */
final class WatchScopeConverterTest {

  private final WatchScopeConverter converter = new WatchScopeConverter();

  @ParameterizedTest
  @EnumSource
  void eachScopeIsReadByItsWord(WatchScope scope) {
    assertThat(converter.convert(scope.toString())).isEqualTo(scope);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cluster", "", "names", "none ", "off"})
  void anythingElseIsRefusedWithWhatToWrite(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> converter.convert(text))
        .withMessageContaining("'" + text + "'")
        .withMessageEndingWith("write cluster, namespace, name or none");
  }

  @Test
  void withoutTheOptionItFollowsTheWatchedNamespaces() {
    assertThat(OptionVerdict.parse(Map.of()).valueWatch()).isEqualTo(WatchScope.CLUSTER);
    assertThat(OptionVerdict.parse(Map.of(), "--namespaces=team-a").valueWatch())
        .isEqualTo(WatchScope.NAMESPACE);
    assertThat(
            OptionVerdict.parse(Map.of(), "--namespaces=team-a", "--value-watch=name").valueWatch())
        .isEqualTo(WatchScope.NAME);
    assertThat(OptionVerdict.parse(Map.of("LAMBDA_CONFIG_VALUE_WATCH", "none")).valueWatch())
        .isEqualTo(WatchScope.NONE);
  }
}
