// What a Reference is made of: one part for each question that can be asked.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "reference/account_holders.h"
#include "reference/agencies.h"
#include "reference/calendar.h"
#include "reference/corridors.h"
#include "reference/customers.h"
#include "reference/exchange_rates.h"
#include "reference/link_graph.h"
#include "reference/officials.h"
#include "reference/party_table.h"
#include "reference/peers.h"
#include "reference/places.h"
#include "reference/reference.h"
#include "reference/tariffs.h"
#include "reference/watch_list.h"

namespace suar::reference {

struct Reference::Impl {
  event::Currency home;
  std::string hash;

  PartyTable parties;
  AccountHolders accounts;
  Officials officials;
  LinkGraph links;
  Customers customers;
  Agencies agencies;
  std::vector<WatchList> lists;  // in the order of names
  Places places;
  Corridors corridors;
  Tariffs tariffs;
  Peers peers;
  Calendar calendar;
  ExchangeRates rates;
};

}  // namespace suar::reference
