#include "oracle/case.h"

namespace suar::oracle {

// p1 to p5 are known, p6 is not; a1 to a3 and a5 have holders, a4 and a6 have none; what holds changes at
// midnight between the second and the fourth of March 2025, where the streams begin.
const std::vector<reference::File>& reference_files() {
  static const std::vector<reference::File> kFiles = {
      {"entities.ftm.ndjson",
       R"({"id":"p1","schema":"Person","properties":{"name":["One"]}}
{"id":"p2","schema":"Person","properties":{"name":["Two"]}}
{"id":"p3","schema":"Person","properties":{"name":["Three"]}}
{"id":"p4","schema":"Company","properties":{"name":["Four"]}}
{"id":"p5","schema":"PublicBody","properties":{"name":["Five"]}}
{"id":"post-1","schema":"Position","properties":{"name":["Clerk"],"organization":["Office"],"subnationalArea":["ID-21"],"topics":["gov.judicial"]}}
{"id":"post-2","schema":"Position","properties":{"name":["Head"],"organization":["Office"],"subnationalArea":["ID-21"]}}
{"id":"occ-1","schema":"Occupancy","properties":{"holder":["p1"],"post":["post-1"],"startDate":["2025-03-02"]}}
{"id":"occ-2","schema":"Occupancy","properties":{"holder":["p2"],"post":["post-2"],"startDate":["2020-01-01"],"endDate":["2025-03-03"]}}
{"id":"acc-1","schema":"BankAccount","properties":{"accountNumber":["a1"],"holder":["p1"]}}
{"id":"acc-2","schema":"BankAccount","properties":{"accountNumber":["a2"],"holder":["p2"]}}
{"id":"acc-3","schema":"BankAccount","properties":{"accountNumber":["a3"],"holder":["p3"],"openingDate":["2025-03-02"]}}
{"id":"acc-5","schema":"BankAccount","properties":{"accountNumber":["a5"],"holder":["p1"]}}
{"id":"fam-1","schema":"Family","properties":{"person":["p1"],"relative":["p3"]}}
{"id":"own-1","schema":"Ownership","properties":{"owner":["p2"],"asset":["p4"]}}
{"id":"boss-1","schema":"Associate","properties":{"person":["p1"],"associate":["p2"],"relationship":["supervisor"]}}
)"},
      {"customers.csv",
       "party_id,kind,segment,occupation,birth_date,declared_income_month,region,opened\n"
       "p1,person,civil_servant,clerk,1980-03-02,5000000,ID-21,2020-01-01\n"
       "p2,person,student,student,2005-03-03,,ID-31,2025-02-01\n"
       "p3,person,,trader,,200000.50,,\n"},
      {"agencies.csv",
       "party_id,licence_no,name,type,status,valid_from,valid_to,destinations\n"
       "p4,L1,Four,p3mi,active,2024-01-01,2025-03-02,MY;SG\n"
       "p4,L1,Four,p3mi,expired,2025-03-03,,\n"},
      {"lists/hubs.csv",
       "value,kind,source,valid_from,valid_to,reason\n"
       "a2,account,x,,,\np3,party,x,2025-03-02,,\nph1,phone,x,,2025-03-02,\nMY,country,x,2025-03-03,,\n"
       "m1,merchant,x,,,\nd1,device,x,,2025-03-03,\n5411,mcc,x,,,\n"},
      {"lists/keywords_visa.csv",
       "value,kind,source,valid_from,valid_to,reason\nvisa,keyword,x,,,\npaspor "
       "baru,keyword,x,2025-03-02,,\n"},
      {"corridors.yaml",
       "corridors:\n"
       "  - {id: c1, from: ID, to: MY, currency: USD, fee_bands: [{min: '5', max: '15'}, {min: '20', max: "
       "'20'}]}\n"
       "  - {id: c2, from: ID, to: MY, currency: IDR, fee_bands: [{min: '150000', max: '250000'}]}\n"
       "  - {id: c3, from: MY, to: ID, currency: BDT, fee_bands: [{min: '1000', max: '2000'}]}\n"},
      {"places.csv",
       "place_code,name,level,parent,lat,lon,tags\n"
       "ID-21,Islands,province,,,,\nID-2171,Batam,city,ID-21,,,port\nID-31,Capital,province,,,,airport\n"},
      {"tariffs.csv",
       "service,provider_type,currency,amount,valid_from,valid_to\n"
       "passport,immigration,IDR,100000,,2025-03-02\npassport,immigration,USD,10,2025-03-03,\n"},
      {"calendar.yaml",
       "days:\n  - {date: 2025-03-02, name: eid}\n"
       "periods:\n  - {name: ramadan, from: 2025-03-01, to: 2025-03-03}\n"},
      {"fx.csv",
       "date,currency,rate_to_home\n2025-02-01,USD,16000\n2025-03-03,USD,16250.255\n2025-03-02,BDT,133.5\n"
       "2025-02-01,JPY,105.125\n2025-02-01,KWD,52000.1\n"},
  };
  return kFiles;
}

}  // namespace suar::oracle
