package dev.lambdaconfig.simulator;

import org.jspecify.annotations.Nullable;

/** The scope of a function name: in another account or Region it names another function. */
record AccountRegion(String account, String region) {

  String functionArn(String name, @Nullable String qualifier) {
    String arn = "arn:aws:lambda:" + region + ":" + account + ":function:" + name;
    return qualifier == null ? arn : arn + ":" + qualifier;
  }
}
