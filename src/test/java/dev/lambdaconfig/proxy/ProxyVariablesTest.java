package dev.lambdaconfig.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables that name proxies are read as curl and Go read them. */
final class ProxyVariablesTest {

  @ParameterizedTest
  @CsvSource({
    "http://proxy:3128, http://proxy:3128",
    "HTTP://proxy:3128/, http://proxy:3128",
    "proxy:3128, http://proxy:3128",
    "proxy.example.com, http://proxy.example.com:80",
    "https://proxy, https://proxy:443",
    "http://me:pw@10.0.0.1:3128, http://10.0.0.1:3128",
    "http://[fd00::1]:3128, http://[fd00::1]:3128",
  })
  void anAddressNeedsAHostOnly(String value, String expected) {
    assertThat(new ProxyVariables(Map.of("HTTPS_PROXY", value)).proxy("https"))
        .hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "us:p%40w, us, p@w",
    "us%3Aer:p%25+w, us:er, p%+w",
    "us:a:b, us, a:b",
    "us, us, ''",
  })
  void credentialsAreDecoded(String info, String user, String password) {
    assertThat(new ProxyVariables(Map.of("HTTP_PROXY", info + "@proxy:1")).proxy("http"))
        .isEqualTo(new ProxyAddress(URI.create("http://proxy:1"), user, password))
        .hasToString("http://proxy:1");
  }

  @Test
  void theSchemeChoosesTheVariableAndLowerCaseComesFirst() {
    var variables =
        new ProxyVariables(
            Map.of(
                "HTTPS_PROXY",
                "upper:1",
                "https_proxy",
                "lower:1",
                "http_proxy",
                "",
                "HTTP_PROXY",
                "plain:1"));
    assertThat(variables.proxy("https")).hasToString("http://lower:1");
    assertThat(variables.proxy("http")).hasToString("http://plain:1");
    assertThat(new ProxyVariables(Map.of("HTTP_PROXY", "plain:1")).proxy("https")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "localhost, .amazonaws.com",
        "amazonaws.com",
        "localhost *.AmazonAWS.com",
        "lambda.eu-west-1.amazonaws.com",
        "amazonaws.com:443",
      })
  void namesAreExemptWithAllBelowThem(String value) {
    assertThat(exempts(value, "https://lambda.eu-west-1.amazonaws.com/2015-03-31")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " , ",
        ".",
        "aws.com",
        "azonaws.com",
        "eu-west-1",
        "amazonaws.com:80",
        "sts.eu-west-1.amazonaws.com",
        "0.0.0.0/0",
        "[::1]:443",
        "a:b:c",
      })
  void otherNamesAreNot(String value) {
    assertThat(exempts(value, "https://lambda.eu-west-1.amazonaws.com/2015-03-31")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, http://10.1.2.3:4566, true",
    "10.1.2.3:4566, http://10.1.2.3:4566, true",
    "10.1.2.3:80, http://10.1.2.3:4566, false",
    "10.0.0.0/8, http://10.1.2.3:4566, true",
    "10.1.2.0/23, http://10.1.3.255, true",
    "10.1.2.0/23, http://10.1.4.0, false",
    "10.1.2.0/33, http://10.1.2.0, false",
    "10.1.2.0/x, http://10.1.2.0, false",
    "10.1.2.0/, http://10.1.2.0, false",
    "999.1.2.0/0, http://10.1.2.0, false",
    "1.2.3, http://10.1.2.3, false",
    "::1, http://[::1]:4566, true",
    "[::1]:4566, http://[::1]:4566, true",
    "0:0:0:0:0:0:0:1, http://[::1]:4566, true",
    "fd00::/8, http://[fd00::17], true",
    "fd00::/8, http://10.1.2.3, false",
  })
  void addressesAreComparedByTheirBits(String value, String endpoint, boolean exempt) {
    assertThat(exempts(value, endpoint)).isEqualTo(exempt);
  }

  private static boolean exempts(String value, String endpoint) {
    boolean exempt = new ProxyVariables(Map.of("NO_PROXY", value)).exempts(URI.create(endpoint));
    assertThat(new ProxyVariables(Map.of("no_proxy", value)).exempts(URI.create(endpoint)))
        .isEqualTo(exempt);
    return exempt;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://me:secret@proxy:1080",
        "http://me:sec ret@proxy:1",
        "http://me:secret@proxy:99999",
        "http://me:secret#@proxy:1",
        "me:secret%zz@proxy:1",
        "://secret",
        "http://",
      })
  void whatIsNoAddressIsReportedWithoutItsValue(String value) {
    assertThat(ProxyVariables.problems(Map.of("https_proxy", value, "HTTP_PROXY", "")))
        .singleElement()
        .asString()
        .startsWith("https_proxy is no address of an HTTP proxy")
        .doesNotContain("sec");
  }
}
