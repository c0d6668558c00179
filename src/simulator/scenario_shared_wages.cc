// The wages of several workers land in one person's account, month after month, and most of them leave it in
// cash. The employer names the worker and his number on each.
//
// Look-alikes: a couple's joint account (two names, two employers), a licensed labour contractor (an entity
// that pays the workers on), somebody with several jobs (one name).
#include <array>

#include "simulator/scenario.h"

namespace suar::simulator {
namespace {

constexpr std::string_view kRule = "tip-wages-into-one-account";

struct Job {
  std::uint32_t employer = 0;
  std::uint32_t worker = 0;
  std::uint32_t number = 0;  // the worker's, with this employer
  std::int64_t rupiah = 0;
};

Job job_of(Stage& stage, std::uint32_t employer, std::uint32_t worker, std::int64_t low, std::int64_t high) {
  Random& random = stage.random();
  return {employer, worker, static_cast<std::uint32_t>(random.between(10'000, 99'999)),
          random.wide(low, high, 10'000)};
}

// One that pays during the story, and early enough for what follows.
std::uint32_t some_employer(Stage& stage) {
  std::uint32_t employer = 0;
  for (int attempt = 0; attempt < 100; ++attempt) {
    employer = stage.world().employers.at(stage.random().next());
    for (int day = 0; day + 4 < stage.days(); ++day) {
      if (stage.day_of_month(day) == stage.world().payday(employer)) return employer;
    }
  }
  return employer;
}

void pay_wage(Stage& stage, const Job& job, int day, std::int64_t second) {
  Draft draft = stage.payments().wage(job.employer, stage.subject(), job.rupiah);
  draft.creditor.stated_name = job.worker;
  draft.note_first = stage.year_month(day);
  draft.note_second = job.number;
  stage.add(draft, stage.at(day, second));
}

// Calls `paid(day, rupiah)` after each payday of `employer` with what the jobs brought in.
template <typename Paid>
void pay_each_month(Stage& stage, std::uint32_t employer, const std::vector<Job>& jobs, Paid paid) {
  for (int day = 0; day < stage.days(); ++day) {
    if (stage.day_of_month(day) != stage.world().payday(employer)) continue;
    std::int64_t second = stage.between_hours(6, 11);
    std::int64_t sum = 0;
    for (const Job& job : jobs) {
      pay_wage(stage, job, day, second += stage.random().between(0, 3));
      sum += job.rupiah;
    }
    paid(day, sum);
  }
}

void keep_their_wages(Stage& stage) {
  Random& random = stage.random();
  const std::uint32_t employer = some_employer(stage);
  const std::int64_t kept = random.between(600, 950);
  std::vector<Job> jobs;
  for (const std::uint32_t worker : stage.strangers(random.wide(3, 16))) {
    jobs.push_back(job_of(stage, employer, worker, 1'500'000, 6'000'000));
  }
  pay_each_month(stage, employer, jobs, [&](int day, std::int64_t sum) {
    const std::int64_t parts = random.between(1, 3);
    for (std::int64_t i = 0; i < parts; ++i) {
      const std::int64_t cash = sum * kept / 1000 / parts / 50'000 * 50'000;
      stage.add(stage.payments().cash_out(random, stage.subject(), cash),
                stage.at(day, random.between(12 * kHour, 3 * kDay + 20 * kHour)));
    }
    if (random.chance(200)) jobs.pop_back();
    if (jobs.size() < 4) jobs.push_back(job_of(stage, employer, stage.stranger(), 1'500'000, 6'000'000));
  });
}

void share_an_account(Stage& stage) {
  for (const std::uint32_t person : {stage.subject(), stage.stranger()}) {
    const std::uint32_t employer = some_employer(stage);
    pay_each_month(stage, employer, {job_of(stage, employer, person, 2'200'000, 18'000'000)},
                   [](int, std::int64_t) {});
  }
}

void hold_several_jobs(Stage& stage) {
  for (std::int64_t i = stage.random().between(3, 4); i > 0; --i) {
    const std::uint32_t employer = some_employer(stage);
    pay_each_month(stage, employer, {job_of(stage, employer, stage.subject(), 800'000, 5'000'000)},
                   [](int, std::int64_t) {});
  }
}

void contract_labour(Stage& stage) {
  Random& random = stage.random();
  for (std::int64_t clients = random.between(1, 3); clients > 0; --clients) {
    const std::uint32_t client = some_employer(stage);
    std::vector<Job> jobs;
    for (const std::uint32_t worker : stage.strangers(random.wide(6, 40))) {
      jobs.push_back(job_of(stage, client, worker, 2'200'000, 6'000'000));
    }
    const std::int64_t passed_on = random.between(900, 970);
    pay_each_month(stage, client, jobs, [&](int day, std::int64_t) {
      const int later = day + static_cast<int>(random.between(1, 3));
      const std::int64_t begin = stage.between_hours(8, 12);
      for (const Job& job : jobs) {
        Draft draft = stage.payments().wage(stage.subject(), job.worker, job.rupiah * passed_on / 1000);
        draft.note_first = stage.year_month(later);
        draft.note_second = job.number;
        stage.add(draft, stage.at(later, begin + random.between(0, 10 * kMinute)));
      }
    });
  }
}

constexpr Casting kKeeper{.occupation = "self-employed"};
constexpr Casting kHousehold{.occupation = "employee", .established = true};
constexpr Casting kContractor{
    .role = Casting::Role::kCompany, .segment = "agency", .agency_type = "outsourcing", .established = true};

constexpr auto kScenarios = std::to_array<Scenario>({
    {"shared-wages", kRule, true, kKeeper, 28, 200, keep_their_wages},
    {"joint-account", kRule, false, kHousehold, 28, kWholeStream, share_an_account},
    {"several-jobs", kRule, false, kHousehold, 28, kWholeStream, hold_several_jobs},
    {"labour-contractor", kRule, false, kContractor, 28, kWholeStream, contract_labour},
});

}  // namespace

std::span<const Scenario> shared_wages_scenarios() {
  return kScenarios;
}

}  // namespace suar::simulator
