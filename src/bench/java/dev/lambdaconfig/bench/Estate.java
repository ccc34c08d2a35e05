package dev.lambdaconfig.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The accounts and Regions over which functions are spread: to the accounts in turn, and those of
 * an account to the Regions in turn. The first account and Region are the operator's own.
 */
record Estate(int accounts, int regions) {

  /** All functions in the operator's own account and Region. */
  static final Estate HOME = new Estate(1, 1);

  private static final String OWN_ACCOUNT = "123456789012";
  private static final long OTHER_ACCOUNTS = 200_000_000_000L;

  private static final List<String> REGIONS =
      List.of("eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-southeast-1");

  static final int MOST_REGIONS = REGIONS.size();

  List<String> regionNames() {
    return REGIONS.subList(0, regions);
  }

  List<String> accountIds() {
    return IntStream.range(0, accounts).mapToObj(Estate::account).toList();
  }

  private static String account(int number) {
    return number == 0 ? OWN_ACCOUNT : String.valueOf(OTHER_ACCOUNTS + number);
  }

  /** The name of a function in the operator's own account and Region, else its ARN. */
  String function(int index, String name) {
    int account = index % accounts;
    String region = REGIONS.get(index / accounts % regions);
    return account == 0 && region.equals(REGIONS.getFirst())
        ? name
        : "arn:aws:lambda:" + region + ":" + account(account) + ":function:" + name;
  }

  /** The number of functions of the own account in each Region, which a list shows. */
  int listed(int functions) {
    return (functions + accounts * regions - 1) / (accounts * regions);
  }

  /** For people. */
  String title() {
    return equals(HOME) ? "" : ", " + accounts + " accounts, " + regions + " Regions";
  }
}
