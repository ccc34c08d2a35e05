package dev.lambdaconfig.bench;

import dev.lambdaconfig.simulator.AccountRoles;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The accounts and Regions over which functions are spread: to the accounts in turn, and those of
 * an account to the Regions in turn. The first account and Region are the operator's own.
 *
 * @param roles whether each account has a role of its own, by which its functions are called;
 *     otherwise all are called by the operator's own identity
 */
record Estate(int accounts, int regions, boolean roles) {

  /** All functions in the operator's own account and Region. */
  static final Estate HOME = new Estate(1, 1, false);

  static final String OWN_ACCOUNT = "123456789012";
  private static final long OTHER_ACCOUNTS = 200_000_000_000L;

  private static final List<String> REGIONS =
      List.of("eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-southeast-1");

  static final int MOST_REGIONS = REGIONS.size();

  static final String HOME_REGION = REGIONS.getFirst();

  /** The environment variables of each function, as JSON. */
  private static final String VARIABLES =
      IntStream.range(0, SimulatorProcess.VARIABLES)
          .mapToObj(number -> "\"VARIABLE_%1$d\": \"value-of-variable-%1$d\"".formatted(number))
          .collect(Collectors.joining(", ", "{", "}"));

  List<String> regionNames() {
    return REGIONS.subList(0, regions);
  }

  List<String> accountIds() {
    return IntStream.range(0, accounts).mapToObj(Estate::account).toList();
  }

  private static String account(int number) {
    return number == 0 ? OWN_ACCOUNT : String.valueOf(OTHER_ACCOUNTS + number);
  }

  private String accountOf(int index) {
    return account(index % accounts);
  }

  private String regionOf(int index) {
    return REGIONS.get(index / accounts % regions);
  }

  /** The name of a function in the operator's own account and Region, else its ARN. */
  String function(int index, String name) {
    return index % accounts == 0 && regionOf(index).equals(HOME_REGION)
        ? name
        : "arn:aws:lambda:" + regionOf(index) + ":" + accountOf(index) + ":function:" + name;
  }

  /** The ServiceAccount by whose role a function is called, where there are such roles. */
  String serviceAccount(int index) {
    return AccountRoles.serviceAccount(index % accounts);
  }

  /** What stands for the placeholders of a manifest. */
  Map<String, Object> placeholders(int index, String name, int timeout) {
    return Map.of(
        "name",
        name,
        "function",
        function(index, name),
        "account",
        accountOf(index),
        "region",
        regionOf(index),
        "timeout",
        timeout,
        "variables",
        VARIABLES);
  }

  /** The number of functions of an account in each Region, at most. */
  int listed(int functions) {
    return (functions + accounts * regions - 1) / (accounts * regions);
  }

  /** For people. */
  String title() {
    return equals(HOME)
        ? ""
        : ", "
            + accounts
            + " accounts, "
            + regions
            + " Regions, "
            + (roles ? "a role in each account" : "one identity");
  }
}
