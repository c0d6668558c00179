#include "event/instant.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>

namespace suar::event {
namespace {

std::int64_t micros_of(std::string_view text) {
  const auto parsed = parse_rfc3339(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed ? parsed->instant.micros : -1;
}

TEST(Instant, ReadsTheSameMomentInEveryOffset) {
  const std::int64_t moment = 1'740'796'200'000'000;  // 2025-03-01T02:30:00Z
  EXPECT_EQ(micros_of("2025-03-01T02:30:00Z"), moment);
  EXPECT_EQ(micros_of("2025-03-01t02:30:00z"), moment);
  EXPECT_EQ(micros_of("2025-03-01T09:30:00+07:00"), moment);
  EXPECT_EQ(micros_of("2025-02-28T22:00:00-04:30"), moment);
  EXPECT_EQ(micros_of("2025-03-01T02:30:00-00:00"), moment);
  EXPECT_EQ(parse_rfc3339("2025-03-01T09:30:00+07:00")->offset_minutes, 420);
  EXPECT_EQ(parse_rfc3339("2025-03-01T09:30:00-09:30")->offset_minutes, -570);
}

TEST(Instant, CutsAFractionToMicroseconds) {
  EXPECT_EQ(micros_of("1970-01-01T00:00:00.5Z"), 500'000);
  EXPECT_EQ(micros_of("1970-01-01T00:00:00.000001Z"), 1);
  EXPECT_EQ(micros_of("1970-01-01T00:00:00.9999999999999Z"), 999'999);
  EXPECT_EQ(micros_of("1969-12-31T23:59:59.25Z"), -750'000);
}

TEST(Instant, RefusesWhatIsNotRfc3339) {
  for (const char* text : {
           "",
           "2025-03-01",
           "2025-03-01T09:30:00",
           "2025-03-01 09:30:00Z",
           "2025-03-01T09:30Z",
           "2025-3-1T09:30:00Z",
           "20250301T093000Z",
           "2025-03-01T09:30:00.Z",
           "2025-03-01T09:30:00,5Z",
           "2025-03-01T09:30:00+0700",
           "2025-03-01T09:30:00+07",
           "2025-03-01T09:30:00+7:00",
           "2025-03-01T09:30:00 07:00",
           "2025-03-01T09:30:00Z ",
           " 2025-03-01T09:30:00Z",
           "2025-03-01T09:30:00ZZ",
           "2025-03-01T09:30:00.5",
           "+025-03-01T09:30:00Z",
           "2025-03-01T09:-1:00Z",
           "2025/03/01T09:30:00Z",
           "2025-03-01T09.30.00Z",
           "12025-03-01T09:30:00Z",
       }) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

struct Pair {
  const char* good;
  const char* bad;
};

TEST(Instant, TellsTimesThatExistFromThoseThatDoNot) {
  for (const Pair& pair : std::to_array<Pair>({
           {"2024-02-29T00:00:00Z", "2025-02-29T00:00:00Z"},
           {"2000-02-29T00:00:00Z", "1900-02-29T00:00:00Z"},
           {"2025-04-30T00:00:00Z", "2025-04-31T00:00:00Z"},
           {"2025-12-31T00:00:00Z", "2025-12-32T00:00:00Z"},
           {"2025-01-01T00:00:00Z", "2025-01-00T00:00:00Z"},
           {"2025-12-01T00:00:00Z", "2025-13-01T00:00:00Z"},
           {"2025-01-01T00:00:00Z", "2025-00-01T00:00:00Z"},
           {"2025-01-01T23:59:59Z", "2025-01-01T24:00:00Z"},
           {"2025-01-01T00:59:00Z", "2025-01-01T00:60:00Z"},
           {"2025-01-01T00:00:59Z", "2025-01-01T00:00:61Z"},
           {"2025-01-01T00:00:00+23:59", "2025-01-01T00:00:00+24:00"},
           {"2025-01-01T00:00:00-23:59", "2025-01-01T00:00:00-23:60"},
           {"0000-01-01T00:00:00Z", "0000-00-01T00:00:00Z"},
           {"9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:60.999999+01:00"},
       })) {
    EXPECT_TRUE(parse_rfc3339(pair.good)) << pair.good;
    EXPECT_FALSE(parse_rfc3339(pair.bad)) << pair.bad;
  }
}

TEST(Instant, ReadsALeapSecondAsTheSecondAfterItAndOnlyWhereOneCanStand) {
  EXPECT_EQ(micros_of("2016-12-31T23:59:60Z"), micros_of("2017-01-01T00:00:00Z"));
  EXPECT_EQ(micros_of("2015-07-01T06:59:60+07:00"), micros_of("2015-07-01T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("2016-12-31T23:59:60+07:00"));
  EXPECT_FALSE(parse_rfc3339("2016-11-30T23:59:60Z"));
  EXPECT_FALSE(parse_rfc3339("2016-12-31T12:59:60Z"));
}

TEST(Instant, WritesWhatItReads) {
  for (const char* text : {"2025-03-01T09:30:00Z", "1969-12-31T23:59:59.25Z", "2025-03-01T00:00:00.000001Z",
                           "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"}) {
    EXPECT_EQ(to_rfc3339(parse_rfc3339(text)->instant), text);
  }
  const Instant t = parse_rfc3339("2025-03-01T02:30:00Z")->instant;
  EXPECT_EQ(to_rfc3339(t, 420), "2025-03-01T09:30:00+07:00");
  EXPECT_EQ(to_rfc3339(t, -570), "2025-02-28T17:00:00-09:30");
}

TEST(Instant, NamesTheLocalDateHourAndWeekday) {
  const Instant t = parse_rfc3339("2025-02-28T18:30:00Z")->instant;  // a Friday; in Jakarta already Saturday
  EXPECT_EQ(to_string(date_of(t, 0)), "2025-02-28");
  EXPECT_EQ(to_string(date_of(t, 420)), "2025-03-01");
  EXPECT_EQ(hour_of(t, 0), 18);
  EXPECT_EQ(hour_of(t, 420), 1);
  EXPECT_EQ(weekday_of(t, 0), 5);
  EXPECT_EQ(weekday_of(t, 420), 6);
  EXPECT_EQ(weekday_of(t + Duration::days(1), 420), 0);
  EXPECT_EQ(to_rfc3339(start_of(date_of(t, 420), 420), 420), "2025-03-01T00:00:00+07:00");

  const Instant before_epoch{-1};
  EXPECT_EQ(to_string(date_of(before_epoch, 0)), "1969-12-31");
  EXPECT_EQ(hour_of(before_epoch, 0), 23);
  EXPECT_EQ(weekday_of(before_epoch, 0), 3);
}

TEST(Date, AgreesWithTheStandardLibraryOnEveryDayOfTenThousandYears) {
  using std::chrono::year_month_day;
  const std::chrono::sys_days first{std::chrono::year{0} / 1 / 1};
  const std::chrono::sys_days last{std::chrono::year{9999} / 12 / 31};
  for (auto day = first; day <= last; day += std::chrono::days{1}) {
    const year_month_day expected{day};
    const Date date{static_cast<std::int32_t>(day.time_since_epoch().count())};
    ASSERT_EQ(year_of(date), static_cast<int>(expected.year()));
    ASSERT_EQ(static_cast<unsigned>(month_of(date)), static_cast<unsigned>(expected.month()));
    ASSERT_EQ(static_cast<unsigned>(day_of_month(date)), static_cast<unsigned>(expected.day()));
    if (date.days % 17 == 0) {
      ASSERT_EQ(parse_date(to_string(date)), date);
    }
  }
}

TEST(Date, RefusesDaysThatDoNotExist) {
  for (const char* text :
       {"2025-02-29", "2025-2-03", "2025-02-03T", "02-03-2025", "2025-02-30", "", "2025-00-10"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
  EXPECT_TRUE(parse_date("2024-02-29"));
}

TEST(Instant, ItsExtremesHaveADateToo) {
  EXPECT_FALSE(to_rfc3339(Instant::min()).empty());
  EXPECT_FALSE(to_rfc3339(Instant::max()).empty());
}

}  // namespace
}  // namespace suar::event
