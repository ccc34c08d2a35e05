package dev.lambdaconfig.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.sdk.SdkRegions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownRegionsTest {

  private final KnownRegions ofTheSdk = new KnownRegions(Set.of(), SdkRegions::all, null);

  @ParameterizedTest
  @ValueSource(
      strings = {"eu-west-1", "us-gov-west-1", "cn-north-1", "eusc-de-east-1", "us-isof-south-1"})
  void theSdksRegionsAreKnown(String region) {
    assertThat(ofTheSdk.knows(region)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws-global", "aws-cn-global", "zz-aaa-1", "eu-west-9", ""})
  void noOtherIsKnown(String region) {
    assertThat(ofTheSdk.knows(region)).isFalse();
  }

  @Test
  void theOperatorsOwnIsAlwaysKnown() {
    assertThat(new KnownRegions(Set.of(), SdkRegions::all, "zz-new-1").knows("zz-new-1")).isTrue();
    assertThat(new KnownRegions(Set.of("eu-west-1"), SdkRegions::all, "zz-new-1").knows("zz-new-1"))
        .isTrue();
  }

  @Test
  void theGivenOnesTakeThePlaceOfTheSdks() {
    // Given
    KnownRegions given =
        new KnownRegions(Set.of("eu-west-1", "zz-new-1"), SdkRegions::all, "us-east-1");

    // Then
    assertThat(given.knows("zz-new-1")).isTrue();
    assertThat(given.knows("eu-west-2")).isFalse();
    assertThat(given.advice("eu-west-2")).contains("Did you mean eu-west-1?", "--regions");
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-9, eu-west-1",
    "eu-wset-1, eu-west-1",
    "us-eest-1, us-east-1",
    "ap-notheast-3, ap-northeast-3",
    "us-gov-wets-1, us-gov-west-1"
  })
  void aTypoHasASuggestion(String typo, String meant) {
    assertThat(ofTheSdk.advice(typo)).contains("Did you mean " + meant + "?");
  }

  @Test
  void whatIsNearToNoneHasNoSuggestionButAWayToAllowIt() {
    assertThat(ofTheSdk.advice("zz-aaa-1"))
        .doesNotContain("Did you mean")
        .contains("zz-aaa-1", "--regions", "aws.regions");
  }
}
