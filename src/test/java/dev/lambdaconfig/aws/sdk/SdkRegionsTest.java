package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The partitions of Regions. */
final class SdkRegionsTest {

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, aws, amazonaws.com",
    "xx-north-9, aws, amazonaws.com",
    "cn-north-1, aws-cn, amazonaws.com.cn",
    "us-gov-west-1, aws-us-gov, amazonaws.com",
    "eusc-de-east-1, aws-eusc, amazonaws.eu",
    "us-iso-east-1, aws-iso, c2s.ic.gov",
    "us-isob-east-1, aws-iso-b, sc2s.sgov.gov"
  })
  void aRegionIsOfAPartition(String region, String id, String dnsSuffix) {
    assertThat(SdkRegions.partition(region)).isEqualTo(new SdkRegions.Partition(id, dnsSuffix));
  }
}
