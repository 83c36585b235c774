BEGIN TRANSACTION;
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE audit_entries (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor TEXT NOT NULL, 
	action TEXT NOT NULL, 
	changes TEXT NOT NULL, 
	previous_hash TEXT NOT NULL, 
	entry_hash TEXT NOT NULL, 
	CONSTRAINT uq_audit_entries_entry_hash UNIQUE (entry_hash)
);
INSERT INTO "audit_entries" VALUES(1,'2026-03-06T01:00:00.000Z','weijian','create-workspace','{"settings":{"added":{"count":3,"numbers":["name","bureau","crs"]}}}','0000000000000000000000000000000000000000000000000000000000000000','67fe4a017e3ba7707b1211eb8d4535a57e09dc25bea320980f05bcc119d6cba6');
INSERT INTO "audit_entries" VALUES(2,'2026-03-06T01:00:00.000Z','王','import','{"buildings":{"added":{"count":2,"numbers":["F0001","F0002"]}}}','67fe4a017e3ba7707b1211eb8d4535a57e09dc25bea320980f05bcc119d6cba6','7ff64199f1904e98de867d80d327dc39bf94c55df299733fecb0da7015c0677f');
INSERT INTO "audit_entries" VALUES(3,'2026-03-06T01:00:00.000Z','王','open-case','{"case_events":{"added":{"count":1,"numbers":["AJ2026-0001"]}},"cases":{"added":{"count":1,"numbers":["AJ2026-0001"]},"updated":{"count":1,"numbers":["AJ2026-0001"]}}}','7ff64199f1904e98de867d80d327dc39bf94c55df299733fecb0da7015c0677f','3609f6cc7504c7ff00557137a73aa14b4836a35c50e658b0809a851008c4d87d');
CREATE TABLE buildings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	geometry MULTIPOLYGON NOT NULL, 
	building_no TEXT NOT NULL, 
	household_no TEXT, 
	parcel_no TEXT, 
	holder TEXT, 
	storeys INTEGER, 
	height_m DOUBLE, 
	built_area_m2 DOUBLE, 
	structure TEXT, 
	built_on DATE, 
	use TEXT, 
	min_x DOUBLE NOT NULL, 
	min_y DOUBLE NOT NULL, 
	max_x DOUBLE NOT NULL, 
	max_y DOUBLE NOT NULL, 
	CONSTRAINT uq_buildings_building_no UNIQUE (building_no)
);
INSERT INTO "buildings" VALUES(1,X'47500003C51100000000000050401F410000000078401F41000000004C8748410000000051874841010600000001000000010300000001000000050000000000000078401F41000000004C8748410000000078401F4100000000518748410000000050401F4100000000518748410000000050401F41000000004C8748410000000078401F41000000004C874841','F0001',NULL,NULL,NULL,2,NULL,NULL,NULL,'2019-05-01',NULL,512020.0,3215000.0,512030.0,3215010.0);
INSERT INTO "buildings" VALUES(2,X'47500003C511000000000000A0401F4100000000C8401F41000000004C87484100000000518748410106000000010000000103000000010000000500000000000000C8401F41000000004C87484100000000C8401F41000000005187484100000000A0401F41000000005187484100000000A0401F41000000004C87484100000000C8401F41000000004C874841','F0002',NULL,NULL,NULL,2,NULL,NULL,NULL,'2019-05-01',NULL,512040.0,3215000.0,512050.0,3215010.0);
CREATE TABLE case_documents (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document_no TEXT NOT NULL, 
	case_no TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	issued_on DATE NOT NULL, 
	sha256 TEXT, 
	CONSTRAINT fk_case_documents_case_no FOREIGN KEY(case_no) REFERENCES cases (case_no), 
	CONSTRAINT uq_case_documents_document_no UNIQUE (document_no)
);
CREATE TABLE case_events (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_no TEXT NOT NULL, 
	moved_on DATE NOT NULL, 
	origin TEXT NOT NULL, 
	target TEXT NOT NULL, 
	officers TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	document_no TEXT, 
	CONSTRAINT fk_case_events_case_no FOREIGN KEY(case_no) REFERENCES cases (case_no)
);
INSERT INTO "case_events" VALUES(1,'AJ2026-0001','2026-03-06','lead','verification','王
李','现场核查',NULL);
CREATE TABLE case_evidence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_no TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	CONSTRAINT fk_case_evidence_case_no FOREIGN KEY(case_no) REFERENCES cases (case_no), 
	CONSTRAINT fk_case_evidence_sha256 FOREIGN KEY(sha256) REFERENCES evidence (sha256), 
	CONSTRAINT uq_case_evidence_case_no_sha256 UNIQUE (case_no, sha256)
);
CREATE TABLE case_findings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_no TEXT NOT NULL, 
	finding_no TEXT NOT NULL, 
	CONSTRAINT fk_case_findings_case_no FOREIGN KEY(case_no) REFERENCES cases (case_no), 
	CONSTRAINT fk_case_findings_finding_no FOREIGN KEY(finding_no) REFERENCES findings (finding_no), 
	CONSTRAINT uq_case_findings_case_no_finding_no UNIQUE (case_no, finding_no)
);
CREATE TABLE cases (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_no TEXT NOT NULL, 
	stage TEXT NOT NULL, 
	opened_on DATE NOT NULL, 
	household_no TEXT, 
	building_no TEXT, 
	place TEXT, 
	party TEXT, 
	lead_officer TEXT, 
	second_officer TEXT, 
	ordered_area_m2 DOUBLE, 
	CONSTRAINT uq_cases_case_no UNIQUE (case_no)
);
INSERT INTO "cases" VALUES(1,'AJ2026-0001','verification','2026-03-05',NULL,NULL,'石桥村 12 号','张某',NULL,NULL,96.4);
CREATE TABLE demolition_observations (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_no TEXT NOT NULL, 
	observed_on DATE NOT NULL, 
	area_left_m2 DOUBLE NOT NULL, 
	source TEXT NOT NULL, 
	finding_no TEXT, 
	sha256 TEXT, 
	CONSTRAINT fk_demolition_observations_case_no FOREIGN KEY(case_no) REFERENCES cases (case_no), 
	CONSTRAINT fk_demolition_observations_finding_no FOREIGN KEY(finding_no) REFERENCES findings (finding_no), 
	CONSTRAINT fk_demolition_observations_sha256 FOREIGN KEY(sha256) REFERENCES evidence (sha256)
);
CREATE TABLE evidence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	sha256 TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	suffix TEXT NOT NULL, 
	size_bytes INTEGER NOT NULL, 
	taken_at TEXT, 
	longitude DOUBLE, 
	latitude DOUBLE, 
	heading_deg DOUBLE, 
	sensor TEXT, 
	CONSTRAINT uq_evidence_sha256 UNIQUE (sha256)
);
CREATE TABLE findings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	geometry MULTIPOLYGON NOT NULL, 
	finding_no TEXT NOT NULL, 
	change_type TEXT NOT NULL, 
	area_m2 DOUBLE NOT NULL, 
	area_sigma_m2 DOUBLE NOT NULL, 
	height_change_m DOUBLE, 
	height_sigma_m DOUBLE, 
	confidence DOUBLE NOT NULL, 
	method TEXT NOT NULL, 
	building_no TEXT, 
	household_no TEXT, 
	parcel_no TEXT, 
	permit_no TEXT, 
	permit_status TEXT, 
	excess_area_m2 DOUBLE, 
	excess_height_m DOUBLE, 
	excess_storeys INTEGER, 
	zones TEXT NOT NULL, 
	before_date DATE, 
	after_date DATE, 
	reason TEXT NOT NULL, 
	review TEXT NOT NULL, 
	review_reason TEXT, 
	after_outline TEXT, 
	before_survey_id INTEGER, 
	after_survey_id INTEGER NOT NULL, 
	min_x DOUBLE NOT NULL, 
	min_y DOUBLE NOT NULL, 
	max_x DOUBLE NOT NULL, 
	max_y DOUBLE NOT NULL, 
	CONSTRAINT fk_findings_after_survey_id FOREIGN KEY(after_survey_id) REFERENCES surveys (id), 
	CONSTRAINT fk_findings_before_survey_id FOREIGN KEY(before_survey_id) REFERENCES surveys (id), 
	CONSTRAINT uq_findings_finding_no UNIQUE (finding_no)
);
CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY,
        data_type TEXT NOT NULL,
        identifier TEXT UNIQUE,
        description TEXT DEFAULT '',
        last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE,
        min_y DOUBLE,
        max_x DOUBLE,
        max_y DOUBLE,
        srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
INSERT INTO "gpkg_contents" VALUES('audit_entries','attributes','audit_entries','','2026-03-06T01:00:00.000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('buildings','features','buildings','','2026-03-06T01:00:00.000Z',512020.0,3215000.0,512050.0,3215010.0,4549);
INSERT INTO "gpkg_contents" VALUES('cases','attributes','cases','','2026-03-06T01:00:00.000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('evidence','attributes','evidence','','2026-11-23T14:46:10.902Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('households','attributes','households','','2026-11-23T14:46:10.902Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('number_series','attributes','number_series','','2026-11-23T14:46:10.902Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('parcels','features','parcels','','2026-11-23T14:46:10.902Z',NULL,NULL,NULL,NULL,4549);
INSERT INTO "gpkg_contents" VALUES('permits','features','permits','','2026-11-23T14:46:10.902Z',NULL,NULL,NULL,NULL,4549);
INSERT INTO "gpkg_contents" VALUES('settings','attributes','settings','','2026-03-06T01:00:00.000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('surveys','attributes','surveys','','2026-11-23T14:46:10.902Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('zones','features','zones','','2026-11-23T14:46:10.902Z',NULL,NULL,NULL,NULL,4549);
INSERT INTO "gpkg_contents" VALUES('case_documents','attributes','case_documents','','2026-11-23T14:46:10.902Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('case_events','attributes','case_events','','2026-03-06T01:00:00.000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('case_evidence','attributes','case_evidence','','2026-11-23T14:46:10.903Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('demolition_observations','attributes','demolition_observations','','2026-11-23T14:46:10.903Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('findings','features','findings','','2026-11-23T14:46:10.903Z',NULL,NULL,NULL,NULL,4549);
INSERT INTO "gpkg_contents" VALUES('case_findings','attributes','case_findings','','2026-11-23T14:46:10.903Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('leads','attributes','leads','','2026-11-23T14:46:10.903Z',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL,
        column_name TEXT NOT NULL,
        geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL,
        z TINYINT NOT NULL,
        m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
INSERT INTO "gpkg_geometry_columns" VALUES('buildings','geometry','MULTIPOLYGON',4549,0,0);
INSERT INTO "gpkg_geometry_columns" VALUES('parcels','geometry','MULTIPOLYGON',4549,0,0);
INSERT INTO "gpkg_geometry_columns" VALUES('permits','geometry','MULTIPOLYGON',4549,0,0);
INSERT INTO "gpkg_geometry_columns" VALUES('zones','geometry','MULTIPOLYGON',4549,0,0);
INSERT INTO "gpkg_geometry_columns" VALUES('findings','geometry','MULTIPOLYGON',4549,0,0);
CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL PRIMARY KEY,
        organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL,
        definition TEXT NOT NULL,
        description TEXT);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined cartesian SRS',-1,'NONE',-1,'undefined',NULL);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined geographic SRS',0,'NONE',0,'undefined',NULL);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('WGS 84',4326,'EPSG',4326,'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',NULL);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('CGCS2000 / 3-degree Gauss-Kruger CM 120E',4549,'EPSG',4549,'PROJCS["CGCS2000 / 3-degree Gauss-Kruger CM 120E",GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4490"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",120],PARAMETER["scale_factor",1],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Northing",NORTH],AXIS["Easting",EAST],AUTHORITY["EPSG","4549"]]',NULL);
CREATE TABLE households (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	household_no TEXT NOT NULL, 
	holder TEXT, 
	address TEXT, 
	village TEXT, 
	town TEXT, 
	CONSTRAINT uq_households_household_no UNIQUE (household_no)
);
CREATE TABLE leads (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	lead_no TEXT NOT NULL, 
	source TEXT NOT NULL, 
	reported_on DATE NOT NULL, 
	finding_no TEXT, 
	household_no TEXT, 
	place TEXT, 
	note TEXT, 
	CONSTRAINT fk_leads_finding_no FOREIGN KEY(finding_no) REFERENCES findings (finding_no), 
	CONSTRAINT uq_leads_lead_no UNIQUE (lead_no)
);
CREATE TABLE number_series (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	series TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT uq_number_series_series_year UNIQUE (series, year)
);
CREATE TABLE parcels (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	geometry MULTIPOLYGON NOT NULL, 
	parcel_no TEXT NOT NULL, 
	household_no TEXT, 
	holder TEXT, 
	address TEXT, 
	area_m2 DOUBLE, 
	min_x DOUBLE NOT NULL, 
	min_y DOUBLE NOT NULL, 
	max_x DOUBLE NOT NULL, 
	max_y DOUBLE NOT NULL, 
	CONSTRAINT uq_parcels_parcel_no UNIQUE (parcel_no)
);
CREATE TABLE permits (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	geometry MULTIPOLYGON NOT NULL, 
	permit_no TEXT NOT NULL, 
	kind TEXT, 
	household_no TEXT, 
	issued_on DATE, 
	expires_on DATE, 
	max_storeys INTEGER, 
	max_height_m DOUBLE, 
	max_footprint_m2 DOUBLE, 
	min_x DOUBLE NOT NULL, 
	min_y DOUBLE NOT NULL, 
	max_x DOUBLE NOT NULL, 
	max_y DOUBLE NOT NULL, 
	CONSTRAINT uq_permits_permit_no UNIQUE (permit_no)
);
CREATE TABLE settings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT uq_settings_name UNIQUE (name)
);
INSERT INTO "settings" VALUES(1,'name','"石桥村"');
INSERT INTO "settings" VALUES(2,'bureau','null');
INSERT INTO "settings" VALUES(3,'crs','"EPSG:4549"');
CREATE TABLE surveys (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	flown_on DATE NOT NULL, 
	ortho TEXT NOT NULL, 
	dsm TEXT, 
	crs TEXT NOT NULL, 
	gsd_m DOUBLE NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL
);
CREATE TABLE zones (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	geometry MULTIPOLYGON NOT NULL, 
	zone_no TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT, 
	min_x DOUBLE NOT NULL, 
	min_y DOUBLE NOT NULL, 
	max_x DOUBLE NOT NULL, 
	max_y DOUBLE NOT NULL, 
	CONSTRAINT uq_zones_zone_no UNIQUE (zone_no)
);
CREATE INDEX ix_buildings_household_no ON buildings (household_no);
CREATE INDEX ix_buildings_min_x_min_y_max_x_max_y ON buildings (min_x, min_y, max_x, max_y);
CREATE INDEX ix_buildings_parcel_no ON buildings (parcel_no);
CREATE INDEX ix_cases_building_no ON cases (building_no);
CREATE INDEX ix_cases_household_no ON cases (household_no);
CREATE INDEX ix_cases_stage ON cases (stage);
CREATE INDEX ix_parcels_household_no ON parcels (household_no);
CREATE INDEX ix_parcels_min_x_min_y_max_x_max_y ON parcels (min_x, min_y, max_x, max_y);
CREATE INDEX ix_permits_household_no ON permits (household_no);
CREATE INDEX ix_permits_min_x_min_y_max_x_max_y ON permits (min_x, min_y, max_x, max_y);
CREATE INDEX ix_zones_min_x_min_y_max_x_max_y ON zones (min_x, min_y, max_x, max_y);
CREATE INDEX ix_case_documents_case_no ON case_documents (case_no);
CREATE INDEX ix_case_events_case_no ON case_events (case_no);
CREATE INDEX ix_case_evidence_case_no ON case_evidence (case_no);
CREATE INDEX ix_case_evidence_sha256 ON case_evidence (sha256);
CREATE INDEX ix_demolition_observations_case_no ON demolition_observations (case_no);
CREATE INDEX ix_findings_after_survey_id ON findings (after_survey_id);
CREATE INDEX ix_findings_building_no ON findings (building_no);
CREATE INDEX ix_findings_household_no ON findings (household_no);
CREATE INDEX ix_findings_min_x_min_y_max_x_max_y ON findings (min_x, min_y, max_x, max_y);
CREATE INDEX ix_case_findings_case_no ON case_findings (case_no);
CREATE INDEX ix_case_findings_finding_no ON case_findings (finding_no);
CREATE INDEX ix_leads_finding_no ON leads (finding_no);
CREATE INDEX ix_leads_household_no ON leads (household_no);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('settings',3);
INSERT INTO "sqlite_sequence" VALUES('audit_entries',3);
INSERT INTO "sqlite_sequence" VALUES('buildings',2);
INSERT INTO "sqlite_sequence" VALUES('cases',1);
INSERT INTO "sqlite_sequence" VALUES('case_events',1);
COMMIT;
